import type { LogEvent } from './checker.js';
import type { Line } from './history.js';

/** A time in which somebody was not a member: after `from`, before `to`; until `until` nothing may reach them. */
export interface Absence {
  personId: string;
  from: number;
  to: number;
  until: number;
}

/** From the log, and from the lines of whoever let the person in again. */
export function absences(log: readonly LogEvent[], lines: readonly Line[]): Absence[] {
  const sentAt = new Map<string, number>();
  for (const { op, kind, commandId, t } of lines) {
    if (op === 'send' && kind === 'invoke' && commandId !== undefined) sentAt.set(commandId, t);
  }
  const all: Absence[] = [];
  const open = new Map<string, Absence>();
  for (const { type, personId, seq, commandId } of log) {
    if (personId === undefined) continue;
    if (type === 'member.removed') {
      const absence = { personId, from: seq, to: Infinity, until: Infinity };
      open.set(personId, absence);
      all.push(absence);
    } else if (type === 'member.added') {
      const absence = open.get(personId);
      if (absence) Object.assign(absence, { to: seq, until: sentAt.get(commandId) ?? Infinity });
      open.delete(personId);
    }
  }
  return all;
}
