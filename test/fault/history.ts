import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { dirname } from 'node:path';

/**
 * One action of one client. `send`: a command goes out (`invoke`), is acknowledged (`ok`), refused (`fail`), or stays
 * without an answer (`info`: it may have been carried out). `recv`: an event was applied (`ok`), or came on the wire
 * beside the order, where a join and live frames overlap (`info`). `sync`: a snapshot took the place of all before.
 */
export interface Line {
  process: string;
  kind: 'invoke' | 'ok' | 'fail' | 'info';
  op: 'send' | 'recv' | 'sync';
  workspace: string;
  commandId?: string;
  seq?: number;
  /** `recv`: the event's type. `fail`: the refusal's code. */
  type?: string;
  /** `sync`: which history the numbers belong to. */
  epoch?: string;
  /** Milliseconds of the machine's monotonic clock, the same in every process. */
  t: number;
}

export function now(): number {
  return Number(process.hrtime.bigint() / 1_000n) / 1_000;
}

/** Keeps every line, in memory for the checker and in a file for people. */
export class History {
  readonly lines: Line[] = [];
  private readonly file: WriteStream;

  constructor(path: string) {
    mkdirSync(dirname(path), { recursive: true });
    this.file = createWriteStream(path);
  }

  add(line: Omit<Line, 't'>): void {
    const whole = { ...line, t: now() };
    this.lines.push(whole);
    this.file.write(`${JSON.stringify(whole)}\n`);
  }

  close(): Promise<void> {
    return new Promise((done) => this.file.end(() => done()));
  }
}
