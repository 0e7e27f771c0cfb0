import type { StreamEvent } from '#libs/contracts';
import { check, type ClientHistory } from './history.js';

const event = (seq: number, commandId: string) =>
  ({ streamId: 's', seq, type: 'message.posted', commandId }) as unknown as StreamEvent;

function goodRun() {
  const log = ['a', 'b', 'c', 'd'].map((commandId, i) => event(i + 1, commandId));
  const applied = log.map(({ seq, commandId }) => ({ seq, commandId }));
  const one: ClientHistory = {
    name: 'one',
    sent: ['a', 'c'],
    acked: [
      { commandId: 'a', seq: 1 },
      { commandId: 'c', seq: 3 },
    ],
    applied: [...applied],
    startedAt: 0,
  };
  const two: ClientHistory = {
    name: 'two',
    sent: ['b', 'd'],
    acked: [],
    applied: applied.slice(1),
    startedAt: 1,
  };
  return { log, one, two };
}

describe('the checker', () => {
  it('passes a good run', () => {
    const { log, one, two } = goodRun();
    expect(check(log, [one, two])).toEqual({
      acked: 2,
      lost: [],
      doubled: [],
      holes: [],
      reordered: [],
      phantom: [],
    });
  });

  it.each<[string, keyof ReturnType<typeof check>, (run: ReturnType<typeof goodRun>) => void]>([
    ['an acknowledged command that is not there', 'lost', ({ log }) => void (log[2] = event(3, 'x'))],
    ['a command written twice', 'doubled', ({ log }) => void log.push(event(5, 'a'))],
    ['a hole in the log', 'holes', ({ log }) => void log.splice(1, 1)],
    ['an event applied twice', 'holes', ({ two }) => void two.applied.push({ seq: 4, commandId: 'd' })],
    ['an event not applied', 'holes', ({ one }) => void one.applied.splice(1, 1)],
    ['events applied in another order', 'holes', ({ one }) => void one.applied.reverse()],
    ['a client that stopped early', 'lost', ({ two }) => void two.applied.pop()],
    [
      'an event that was never written',
      'phantom',
      ({ one }) => void (one.applied[1] = { seq: 2, commandId: 'x' }),
    ],
    [
      'an ack with another number',
      'reordered',
      ({ one }) => void (one.acked[0] = { commandId: 'a', seq: 2 }),
    ],
    ['an author’s words in another order', 'reordered', ({ one }) => void one.sent.reverse()],
    ['a command that was never written', 'lost', ({ two }) => void two.sent.push('e')],
  ])('catches %s', (_what, kind, break_) => {
    const run = goodRun();
    break_(run);
    expect(check(run.log, [run.one, run.two])[kind]).not.toEqual([]);
  });
});
