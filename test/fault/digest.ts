interface Told {
  seq: number;
  commandId: string;
}

const START = 0x811c9dc5;

/** FNV-1a over numbers and commands, one event at a time: two histories of the same digest are the same. */
export function fold(digest: number, { seq, commandId }: Told): number {
  let value = digest;
  for (const letter of `${seq} ${commandId}\n`) {
    value = Math.imul(value ^ letter.charCodeAt(0), 0x01000193) >>> 0;
  }
  return value;
}

export function digestOf(events: readonly Told[]): number {
  return events.reduce(fold, START);
}
