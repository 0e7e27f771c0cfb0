import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

/** Processor time of these processes and all their children, in microseconds. */
export function processorTime(pids: readonly number[]): number {
  return families(pids).reduce((sum, pid) => sum + ticksOf(pid), 0) * (1_000_000 / TICKS_PER_SECOND);
}

/** Resident memory of one process, in bytes. */
export function residentBytes(pid: number): number {
  const [, kilobytes = '0'] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}

function families(pids: readonly number[]): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const parent = Number(statOf(Number(name))?.[1] ?? 0);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const all = [...pids];
  for (const pid of all) all.push(...(children.get(pid) ?? []));
  return all;
}

function ticksOf(pid: number): number {
  const stat = statOf(pid);
  // Of itself and of the children that ended: PostgreSQL's backends come and go.
  return [11, 12, 13, 14].reduce((sum, field) => sum + Number(stat?.[field] ?? 0), 0);
}

/** The fields behind the name, which may hold anything: state, parent, … */
function statOf(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}
