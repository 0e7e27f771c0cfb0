import type { StreamEvent } from '#libs/contracts';
import { visible } from './catch-up.js';

const anEvent = (type: string) =>
  ({
    streamId: 'w',
    seq: 7,
    type,
    at: '2026-11-24T02:00:00.000Z',
    actor: { id: 'dedi', name: 'Dedi', opd: 'PUPR' },
    commandId: 'c',
    data: { words: 'rahasia' },
  }) as unknown as StreamEvent;

const shown = (type: string) => visible([anEvent(type)], { readMessages: false, readDecisions: true });

describe('what an overseer of personal data gets of an event', () => {
  it.each(['task.status-changed', 'member.added', 'decision.made'])('all of %s', (type) => {
    expect(shown(type)).toEqual([anEvent(type)]);
  });

  it.each(['message.posted', 'thread.opened', 'message.reacted', 'toString'])(
    'of %s only its number and moment',
    (type) => {
      expect(shown(type)).toEqual([
        {
          streamId: 'w',
          seq: 7,
          type: 'withheld',
          at: '2026-11-24T02:00:00.000Z',
          actor: { id: '', name: '', opd: '' },
          commandId: '',
          data: {},
        },
      ]);
    },
  );

  it('is all of everything for who may read messages', () => {
    expect(visible([anEvent('message.posted')], { readMessages: true, readDecisions: true })).toEqual([
      anEvent('message.posted'),
    ]);
  });
});
