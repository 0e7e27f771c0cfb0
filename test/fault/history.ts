import type { JournalEntry, PendingCommand } from '#libs/client';
import type { StreamEvent } from '#libs/contracts';

/** What one client did and saw, in its own order. */
export interface ClientHistory {
  name: string;
  sent: string[];
  acked: { commandId: string; seq: number }[];
  /** Applied events, or a snapshot that took the place of all before it. */
  applied: { seq: number; commandId: string }[];
  startedAt: number;
}

export interface Verdict {
  acked: number;
  lost: string[];
  doubled: string[];
  holes: string[];
  reordered: string[];
  phantom: string[];
}

/** Listens to a room and keeps what the checker needs. */
export function historyOf(name: string, startedAt: number) {
  const history: ClientHistory = { name, sent: [], acked: [], applied: [], startedAt };
  return {
    history,
    sent: ({ commandId }: PendingCommand) => history.sent.push(commandId),
    note: (entry: JournalEntry) => {
      if (entry.kind === 'event') {
        history.applied.push({ seq: entry.event.seq, commandId: entry.event.commandId });
      } else if (entry.kind === 'reset') {
        history.applied.length = 0;
        history.startedAt = entry.snapshot.state.seq;
      } else if (entry.kind === 'done') {
        history.acked.push({ commandId: entry.ack.commandId, seq: entry.ack.seq });
      }
    },
  };
}

/**
 * Judges a run after everything has healed, against the log in the database: what was acknowledged is there once, at
 * the number that was acknowledged; nobody applied a hole, a stranger or another order; each author's order holds.
 */
export function check(log: readonly StreamEvent[], clients: readonly ClientHistory[]): Verdict {
  const verdict: Verdict = { acked: 0, lost: [], doubled: [], holes: [], reordered: [], phantom: [] };
  const bySeq = new Map(log.map((event) => [event.seq, event.commandId]));
  const times = new Map<string, number>();
  for (const { commandId, type } of log) {
    if (type === 'message.posted') times.set(commandId, (times.get(commandId) ?? 0) + 1);
  }
  for (const [commandId, count] of times) if (count > 1) verdict.doubled.push(commandId);
  log.forEach((event, i) => {
    if (event.seq !== i + 1) verdict.holes.push(`log ${event.seq}`);
  });
  for (const client of clients) {
    verdict.acked += client.acked.length;
    for (const { commandId, seq } of client.acked) {
      if (!times.has(commandId)) verdict.lost.push(`${client.name} ${commandId}`);
      else if (bySeq.get(seq) !== commandId) verdict.reordered.push(`${client.name} ack ${seq}`);
    }
    client.applied.forEach(({ seq, commandId }, i) => {
      if (seq !== client.startedAt + i + 1) verdict.holes.push(`${client.name} ${seq}`);
      if (bySeq.get(seq) !== commandId) verdict.phantom.push(`${client.name} ${seq}`);
    });
    const seen = client.startedAt + client.applied.length;
    if (seen !== log.length) verdict.lost.push(`${client.name} stopped at ${seen} of ${log.length}`);
    const places = client.sent.map((commandId) => log.findIndex((event) => event.commandId === commandId));
    places.forEach((place, i) => {
      const before = places[i - 1] ?? -1;
      if (place >= 0 && before > place) verdict.reordered.push(`${client.name} sent ${i}`);
      if (place < 0) verdict.lost.push(`${client.name} never written: ${client.sent[i]}`);
    });
  }
  return verdict;
}
