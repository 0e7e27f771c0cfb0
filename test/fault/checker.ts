import { WORKSPACE_EVENT_TYPES, WORKSPACE_EVENTS } from '#libs/contracts';
import { digestOf } from './digest.js';
import type { Line } from './history.js';
import { absences, type Absence } from './membership.js';

/** What the checker has to know of one event of the database's log. */
export interface LogEvent {
  seq: number;
  type: string;
  commandId: string;
  actorId: string;
  /** Of `member.added` and `member.removed`: about whom. */
  personId?: string;
}

/** A client of a crowd keeps no lines, only where it began, where it stands, and a digest of what lies between. */
export interface Digest {
  process: string;
  workspace: string;
  from: number;
  seq: number;
  digest: number;
}

export interface Run {
  lines: readonly Line[];
  /** After everything has healed, in order of `seq`. */
  logs: ReadonlyMap<string, readonly LogEvent[]>;
  /** Who has to stand at the head of which workspace in the end. */
  live: readonly { process: string; workspace: string }[];
  /** Whose eyes and hands a process is. */
  persons: ReadonlyMap<string, string>;
  /** Processes of overseers, who may not read the words of others. */
  blind: ReadonlySet<string>;
  digests?: readonly Digest[];
  /** From the end of the fault and of the writing until the last live client stood at the head. */
  convergeMs: number;
  convergeWithinMs: number;
  /** Those who did not get there, in words. */
  stuck?: readonly string[];
}

export interface Verdict {
  acked: number;
  lost: string[];
  duplicated: string[];
  reordered: string[];
  phantom: string[];
  leaked: string[];
  late: string[];
  convergeMs: number;
}

/** Events that carry what only those who may read messages may see. */
const WORDS: ReadonlySet<string> = new Set(
  WORKSPACE_EVENT_TYPES.filter((type) => WORKSPACE_EVENTS[type].words),
);
/** Each of these is the one event of its command. */
const ONE_TO_ONE = WORDS;

interface Sending {
  process: string;
  at: number;
  ackedAt?: number;
  ackedSeqs: number[];
  refused: boolean;
  unknown: boolean;
}

/**
 * Judges a run offline, in time linear in its lines, against the log in the database. I1 what was acknowledged is
 * there, I2 once; I3 the numbers are 1..n and each client's history is a contiguous run of them; I4 what was not
 * acknowledged is there at most once and has ended, what was refused is not there; I5 all reach the head in time;
 * I6 nothing reaches those without the right; I7 each author's order; I8 an acknowledged number is the event's;
 * I9 what was acknowledged before another was sent comes before it.
 */
export function check(run: Run): Verdict {
  const verdict: Verdict = {
    acked: 0,
    lost: [],
    duplicated: [],
    reordered: [],
    phantom: [],
    leaked: [],
    late: [],
    convergeMs: run.convergeMs,
  };
  const byWorkspace = new Map<string, Line[]>();
  for (const line of run.lines) {
    const known = byWorkspace.get(line.workspace);
    if (known) known.push(line);
    else byWorkspace.set(line.workspace, [line]);
  }
  for (const [workspace, log] of run.logs) {
    const lines = byWorkspace.get(workspace) ?? [];
    const away = absences(log, lines);
    checkLog(log, verdict);
    checkSendings(log, lines, verdict);
    checkReceived(run, workspace, log, lines, verdict);
    checkRights(run, log, lines, away, verdict);
  }
  for (const { process, workspace, from, seq, digest } of run.digests ?? []) {
    const log = run.logs.get(workspace) ?? [];
    if (seq !== log.length) verdict.lost.push(`${process} stopped at ${seq} of ${log.length}`);
    else if (digest !== digestOf(log.slice(from))) verdict.phantom.push(`${process} has another history`);
  }
  if (run.convergeMs > run.convergeWithinMs) {
    verdict.late.push(`${Math.round(run.convergeMs)} ms`, ...(run.stuck ?? []));
  }
  return verdict;
}

export function isClean({ acked: _, convergeMs: __, ...faults }: Verdict): boolean {
  return Object.values(faults).every((found) => found.length === 0);
}

function checkLog(log: readonly LogEvent[], verdict: Verdict): void {
  const seen = new Set<string>();
  log.forEach(({ seq, type, commandId, actorId }, i) => {
    const before = i === 0 ? 0 : (log[i - 1]?.seq ?? 0);
    if (seq > before + 1) verdict.lost.push(`log: hole before ${seq}`);
    if (seq === before) verdict.duplicated.push(`log: ${seq} twice`);
    if (seq < before) verdict.reordered.push(`log: ${seq} behind ${before}`);
    if (!ONE_TO_ONE.has(type)) return;
    const key = `${actorId} ${commandId}`;
    if (seen.has(key)) verdict.duplicated.push(`log: command ${commandId} again at ${seq}`);
    seen.add(key);
  });
}

function checkSendings(log: readonly LogEvent[], lines: readonly Line[], verdict: Verdict): void {
  const places = new Map<string, LogEvent>();
  for (const event of log) if (!places.has(event.commandId)) places.set(event.commandId, event);
  const bySeq = new Map(log.map((event) => [event.seq, event.commandId]));
  const sendings = sendingsOf(lines, verdict);

  const latestOf = new Map<string, number>();
  for (const [commandId, sending] of sendings) {
    const { process, ackedSeqs, refused, unknown } = sending;
    const seq = places.get(commandId)?.seq;
    const name = `${process}: ${commandId}`;
    if (ackedSeqs.length > 0) verdict.acked++;
    if (seq === undefined) {
      if (ackedSeqs.length > 0) verdict.lost.push(`${name} was acknowledged`);
      else if (!refused && !unknown) verdict.lost.push(`${name} was never carried out`);
      continue;
    }
    if (refused && ackedSeqs.length === 0) verdict.phantom.push(`${name} was refused and is there`);
    for (const acked of ackedSeqs) {
      if (bySeq.get(acked) !== commandId)
        verdict.reordered.push(`${name} acknowledged as ${acked}, is ${seq}`);
    }
    // Lines are in order of time, so a map in order of first sending is each author's order.
    const before = latestOf.get(process) ?? 0;
    if (seq < before) verdict.reordered.push(`${name} at ${seq}, sent after ${before}`);
    latestOf.set(process, Math.max(before, seq));
  }
  checkRealTime(log, sendings, verdict);
}

function sendingsOf(lines: readonly Line[], verdict: Verdict): Map<string, Sending> {
  const sendings = new Map<string, Sending>();
  for (const { op, kind, commandId, process, seq, t } of lines) {
    if (op !== 'send' || commandId === undefined) continue;
    const known = sendings.get(commandId);
    if (kind === 'invoke') {
      if (!known) sendings.set(commandId, { process, at: t, ackedSeqs: [], refused: false, unknown: false });
      continue;
    }
    if (!known) {
      verdict.phantom.push(`${process}: an answer to ${commandId}, which nobody sent`);
    } else if (kind === 'ok') {
      known.ackedAt ??= t;
      known.ackedSeqs.push(seq ?? 0);
    } else if (kind === 'fail') {
      known.refused = true;
    } else {
      known.unknown = true;
    }
  }
  return sendings;
}

/** In order of `seq`: nobody may stand before a command that had been acknowledged when they were sent. */
function checkRealTime(
  log: readonly LogEvent[],
  sendings: ReadonlyMap<string, Sending>,
  verdict: Verdict,
): void {
  let latest = Number.NEGATIVE_INFINITY;
  for (const { commandId, seq } of log) {
    const sending = sendings.get(commandId);
    if (!sending) continue;
    if (sending.ackedAt !== undefined && sending.ackedAt < latest) {
      verdict.reordered.push(`${sending.process}: ${seq} stands behind one sent after its acknowledgement`);
    }
    latest = Math.max(latest, sending.at);
  }
}

function checkReceived(
  run: Run,
  workspace: string,
  log: readonly LogEvent[],
  lines: readonly Line[],
  verdict: Verdict,
): void {
  const bySeq = new Map(log.map((event) => [event.seq, event]));
  const head = log.at(-1)?.seq ?? 0;
  const states = new Map<string, { cursor: number; epoch: string | undefined; missing: Set<number> }>();
  for (const { op, kind, process, seq = 0, commandId, type, epoch } of lines) {
    if (op === 'send') continue;
    let state = states.get(process);
    if (op === 'sync') {
      const isBack = state && state.epoch === epoch && seq < state.cursor;
      if (isBack) verdict.reordered.push(`${process} went back from ${state?.cursor} to ${seq}`);
      if (seq > head) verdict.phantom.push(`${process} has a snapshot of ${seq}, the head is ${head}`);
      states.set(process, { cursor: seq, epoch, missing: new Set() });
      continue;
    }
    const event = bySeq.get(seq);
    const same = type === 'withheld' ? run.blind.has(process) : event?.commandId === commandId;
    if (!event || !same) verdict.phantom.push(`${process} was told another ${seq}`);
    if (kind === 'info') continue;
    if (!state) states.set(process, (state = { cursor: 0, epoch, missing: new Set() }));
    if (seq > state.cursor) {
      for (let hole = state.cursor + 1; hole < seq; hole++) state.missing.add(hole);
      state.cursor = seq;
    } else if (state.missing.delete(seq)) verdict.reordered.push(`${process} got ${seq} after later ones`);
    else verdict.duplicated.push(`${process} got ${seq} again`);
  }
  for (const [process, { missing }] of states) {
    for (const seq of missing) verdict.lost.push(`${process} never got ${seq}`);
  }
  for (const { process } of run.live.filter((one) => one.workspace === workspace)) {
    const at = states.get(process)?.cursor ?? 0;
    if (at !== head) verdict.lost.push(`${process} stopped at ${at} of ${head}`);
  }
}

function checkRights(
  run: Run,
  log: readonly LogEvent[],
  lines: readonly Line[],
  away: readonly Absence[],
  verdict: Verdict,
): void {
  const isAway = (personId: string | undefined, seq: number): Absence | undefined =>
    away.find((one) => one.personId === personId && seq > one.from && seq < one.to);
  if (away.length > 0) {
    for (const { type, actorId, seq } of log) {
      if (WORDS.has(type) && isAway(actorId, seq)) verdict.leaked.push(`log: ${seq} is of somebody removed`);
    }
  }
  for (const { op, process, seq = 0, type = '', t } of lines) {
    if (op !== 'recv') continue;
    if (run.blind.has(process) && WORDS.has(type)) verdict.leaked.push(`${process} read ${seq}`);
    const absence = isAway(run.persons.get(process), seq);
    // Who is let in again may read what was said meanwhile.
    if (absence && t < absence.until) verdict.leaked.push(`${process} got ${seq} after its removal`);
  }
}
