import { check, isClean, type LogEvent, type Run, type Verdict } from './checker.js';
import { digestOf } from './digest.js';
import type { Line } from './history.js';

const W = 'workspace';
const OWNER: Record<string, string> = { a: 'irwan', b: 'yudi', c: 'irwan', d: 'yudi', e: 'irwan' };

/** Irwan writes a, c and e, Yudi b and d; Irwan's mailbox and a blind overseer look on; Yudi leaves and comes back. */
function goodRun() {
  const message = (seq: number, commandId: string): LogEvent => ({
    ...{ seq, type: 'message.posted', commandId },
    actorId: OWNER[commandId] ?? 'nobody',
  });
  const member = (seq: number, type: string): LogEvent => ({
    ...{ seq, type, commandId: type, actorId: 'head', personId: 'yudi' },
  });
  const log = [
    message(1, 'a'),
    message(2, 'b'),
    message(3, 'c'),
    message(4, 'd'),
    member(5, 'member.removed'),
    message(6, 'e'),
    member(7, 'member.added'),
  ];
  let t = 0;
  const lines: Line[] = [];
  const say = (process: string, op: Line['op'], kind: Line['kind'], more: Partial<Line>) =>
    lines.push({ process, op, kind, workspace: W, t: ++t, ...more });
  const told = (process: string, seqs: number[], blind = false) => {
    for (const event of log.filter(({ seq }) => seqs.includes(seq))) {
      const withheld = blind && event.type === 'message.posted';
      const { seq, type, commandId } = event;
      say(process, 'recv', 'ok', withheld ? { seq, type: 'withheld' } : { seq, type, commandId });
    }
  };
  for (const process of ['irwan', 'yudi', 'overseer']) say(process, 'sync', 'ok', { seq: 0, epoch: 'one' });
  const write = (commandId: string, answer: Line['kind'], seq?: number) => {
    say(OWNER[commandId] ?? '', 'send', 'invoke', { commandId });
    say(OWNER[commandId] ?? '', 'send', answer, { commandId, seq });
  };
  write('a', 'ok', 1);
  write('b', 'ok', 2);
  write('c', 'ok', 3);
  write('d', 'info');
  say('head', 'send', 'invoke', { commandId: 'member.removed' });
  told('yudi', [1, 2, 3, 4, 5]);
  write('e', 'ok', 6);
  write('refused', 'fail');
  told('irwan', [1, 2, 3, 4, 5, 6]);
  say('head', 'send', 'invoke', { commandId: 'member.added' });
  told('yudi', [6, 7]);
  told('irwan', [7]);
  told('overseer', [1, 2, 3, 4, 5, 6, 7], true);
  OWNER.refused = 'irwan';

  const find = (process: string, op: Line['op'], which: Partial<Line>): Line => {
    const found = lines.find(
      (line) =>
        line.process === process &&
        line.op === op &&
        Object.entries(which).every(([key, value]) => line[key as keyof Line] === value),
    );
    if (!found) throw new Error(`no line ${process} ${op} ${JSON.stringify(which)}`);
    return found;
  };
  const run: Run = {
    lines,
    logs: new Map([[W, log]]),
    live: ['irwan', 'yudi', 'overseer'].map((process) => ({ process, workspace: W })),
    persons: new Map([
      ['irwan', 'irwan'],
      ['yudi', 'yudi'],
    ]),
    blind: new Set(['overseer']),
    digests: [{ process: 'crowd 1', workspace: W, from: 3, seq: 7, digest: digestOf(log.slice(3)) }],
    convergeMs: 800,
    convergeWithinMs: 5_000,
  };
  return { run, log, lines, find, say, drop: (line: Line) => lines.splice(lines.indexOf(line), 1) };
}

type Good = ReturnType<typeof goodRun>;
type Kind = keyof Omit<Verdict, 'acked' | 'convergeMs'>;

it('passes a good run and counts it', () => {
  const verdict = check(goodRun().run);
  expect(verdict).toMatchObject({ acked: 4, lost: [], duplicated: [], reordered: [], phantom: [] });
  expect(verdict).toMatchObject({ leaked: [], late: [] });
  expect(isClean(verdict)).toBe(true);
});

it.each<[string, string, Kind, (good: Good) => void]>([
  ['I1', 'an acknowledged command that is not there', 'lost', ({ log }) => (at(log, 2).commandId = 'x')],
  ['I2', 'a command written twice', 'duplicated', ({ log }) => (at(log, 5).commandId = 'a')],
  ['I3', 'a hole in the log', 'lost', ({ log }) => log.splice(3, 1)],
  ['I3', 'a number given twice', 'duplicated', ({ log }) => (at(log, 3).seq = 3)],
  ['I3', 'an event not applied', 'lost', ({ drop, find }) => drop(find('irwan', 'recv', { seq: 3 }))],
  [
    'I3',
    'an event applied twice',
    'duplicated',
    ({ lines, find }) => lines.push({ ...find('irwan', 'recv', { seq: 3 }) }),
  ],
  [
    'I3',
    'events applied in another order',
    'reordered',
    ({ lines, drop, find }) => {
      const line = find('irwan', 'recv', { seq: 3 });
      drop(line);
      lines.push(line);
    },
  ],
  [
    'I3',
    'an event that was never written',
    'phantom',
    ({ find }) => (find('irwan', 'recv', { seq: 2 }).commandId = 'x'),
  ],
  [
    'I3',
    'an event beyond the log',
    'phantom',
    ({ say }) => say('irwan', 'recv', 'ok', { seq: 8, commandId: 'x', type: 'message.posted' }),
  ],
  [
    'I3',
    'a snapshot that goes back',
    'reordered',
    ({ say }) => say('irwan', 'sync', 'ok', { seq: 4, epoch: 'one' }),
  ],
  [
    'I3',
    'a crowd client with another history',
    'phantom',
    ({ run }) => (at(run.digests ?? [], 0).digest ^= 1),
  ],
  [
    'I4',
    'a command that was never carried out',
    'lost',
    ({ say }) => say('irwan', 'send', 'invoke', { commandId: 'f' }),
  ],
  [
    'I4',
    'a refused command that is there',
    'phantom',
    ({ find }) => Object.assign(find('irwan', 'send', { commandId: 'e', kind: 'ok' }), { kind: 'fail' }),
  ],
  [
    'I4',
    'an answer to nothing',
    'phantom',
    ({ say }) => say('irwan', 'send', 'ok', { commandId: 'z', seq: 1 }),
  ],
  ['I5', 'a client that stopped early', 'lost', ({ drop, find }) => drop(find('yudi', 'recv', { seq: 7 }))],
  ['I5', 'a crowd client that stopped early', 'lost', ({ run }) => (at(run.digests ?? [], 0).seq = 6)],
  ['I5', 'clients that took too long', 'late', ({ run }) => (run.convergeMs = 6_000)],
  [
    'I6',
    'an event that reached the removed',
    'leaked',
    ({ find, lines }) => {
      const line = find('yudi', 'recv', { seq: 6 });
      lines.splice(lines.indexOf(line), 1);
      const end = find('head', 'send', { commandId: 'member.added' });
      lines.splice(lines.indexOf(end), 0, { ...line, t: end.t - 0.5 });
    },
  ],
  [
    'I6',
    'an event that reached the removed beside the order',
    'leaked',
    ({ find, lines }) => {
      const end = find('head', 'send', { commandId: 'member.added' });
      lines.push({ ...find('yudi', 'recv', { seq: 6 }), kind: 'info', t: end.t - 0.5 });
    },
  ],
  ['I6', 'a message of the removed', 'leaked', ({ log }) => (at(log, 5).actorId = 'yudi')],
  [
    'I6',
    'words that reached an overseer',
    'leaked',
    ({ find }) =>
      Object.assign(find('overseer', 'recv', { seq: 3 }), { type: 'message.posted', commandId: 'c' }),
  ],
  [
    'I7',
    'an author’s words in another order',
    'reordered',
    ({ log, find }) => {
      at(log, 0).commandId = 'c';
      at(log, 2).commandId = 'a';
      find('irwan', 'send', { commandId: 'a', kind: 'ok' }).seq = 3;
      find('irwan', 'send', { commandId: 'c', kind: 'ok' }).seq = 1;
    },
  ],
  [
    'I8',
    'an acknowledgement with another number',
    'reordered',
    ({ find }) => (find('irwan', 'send', { commandId: 'a', kind: 'ok' }).seq = 2),
  ],
  [
    'I9',
    'a later command before one that had been acknowledged',
    'reordered',
    ({ find, log }) => {
      Object.assign(at(log, 0), { commandId: 'b', actorId: 'yudi' });
      Object.assign(at(log, 1), { commandId: 'a', actorId: 'irwan' });
      find('irwan', 'send', { commandId: 'a', kind: 'ok' }).seq = 2;
      find('yudi', 'send', { commandId: 'b', kind: 'ok' }).seq = 1;
      for (const process of ['irwan', 'yudi']) {
        const [one, two] = [find(process, 'recv', { seq: 1 }), find(process, 'recv', { seq: 2 })];
        [one.commandId, two.commandId] = ['b', 'a'];
      }
    },
  ],
])('%s: catches %s', (_invariant, _what, kind, break_) => {
  const good = goodRun();
  break_(good);
  expect(check(good.run)[kind]).not.toEqual([]);
});

it('counts a resent command once, and takes an unknown outcome either way', () => {
  const good = goodRun();
  good.say('irwan', 'send', 'ok', { commandId: 'a', seq: 1 });
  good.say('irwan', 'send', 'invoke', { commandId: 'unknown' });
  good.say('irwan', 'send', 'info', { commandId: 'unknown' });
  const verdict = check(good.run);
  expect(verdict.acked).toBe(4);
  expect(isClean(verdict)).toBe(true);
});

it('lets a snapshot of another history begin anywhere', () => {
  const good = goodRun();
  good.say('irwan', 'sync', 'ok', { seq: 7, epoch: 'two' });
  expect(isClean(check(good.run))).toBe(true);
});

function at<T>(all: readonly T[], i: number): T {
  const found = all[i];
  if (found === undefined) throw new Error(`nothing at ${i}`);
  return found;
}
