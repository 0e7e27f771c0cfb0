import type { DataSource } from 'typeorm';
import { AppError, type Instant, type MessageView, type StreamEvent, type WireError } from '#libs/contracts';
import type { Command, CommittedFrame, Receipt } from './command.js';
import { StaleRights } from './numbering.js';
import { isDuplicateKey, isUnavailable } from './pg-errors.js';
import type { CommitTracing, Step, Traced } from './tracing.js';

/** A message on its way into the history. `no` and `postedAt` are given when it is numbered. */
export interface NewMessage {
  view: Omit<MessageView, 'no' | 'postedAt'>;
  authorOpdId: string | null;
}

interface Entry {
  command: Command;
  streamId: string;
  aclVersion: number;
  message: NewMessage;
  traced: Traced | undefined;
  resolve(receipt: Receipt): void;
  reject(error: unknown): void;
}

interface Row {
  ord: number;
  outcome: 'new' | 'known' | 'misplaced' | 'stale' | 'elsewhere' | 'early';
  seq: string | null;
  no: number | null;
  at: Date | null;
  epoch: string | null;
  digest: Buffer | null;
  stream_id: string | null;
  refusal: WireError | null;
}

/** More transactions at a time would only wait for each other's disk. */
const FLIGHTS = 3;
/** So many waiting commands are worth a transaction beside the one under way; fewer are cheaper together, after it. */
const CROWD = 64;
/** One that takes so long waits for a lock or a slow disk: the others need not wait for it. */
const SLOW_MS = 10;
const BATCH = 256;
const QUEUE = 8_192;

/** Known ids are answered; the rest is fenced, numbered and stored with its rows, all or nothing: migration 10. */
const APPEND = 'SELECT * FROM append_messages($1)';

/**
 * Group commit. While a commit is in flight the next commands wait and then go together, those of all waiting streams
 * in one statement; when nothing is in flight a command leaves at once, with all that came in the same turn of the loop. One flight at a time per stream keeps each
 * author's order.
 */
export class AppendQueue {
  private readonly waiting = new Map<string, Entry[]>();
  private readonly busy = new Set<string>();
  private readonly underway = new Map<string, { digest: Buffer; receipt: Promise<Receipt> }>();
  private flights = 0;
  private size = 0;
  private departedAt = 0;
  private patience: NodeJS.Timeout | undefined;
  private soon: NodeJS.Immediate | undefined;
  tracing: CommitTracing | undefined;

  constructor(
    private readonly source: DataSource,
    private readonly committed: (frames: CommittedFrame[]) => void,
  ) {}

  /** Commands accepted and not yet answered. */
  get pending(): number {
    return this.underway.size;
  }

  /**
   * Rejects with StaleRights when the access list is no longer `aclVersion`, with AppError for the sender otherwise.
   */
  add(command: Command, streamId: string, aclVersion: number, message: NewMessage): Promise<Receipt> {
    const key = `${command.actor.id} ${command.commandId}`;
    const twin = this.underway.get(key);
    if (twin) {
      if (!twin.digest.equals(command.digest)) return Promise.reject(new AppError('command.reused', {}));
      return twin.receipt.then((receipt) => ({ ...receipt, dup: true }));
    }
    if (this.size >= QUEUE) return Promise.reject(new AppError('unavailable', {}));
    const receipt = new Promise<Receipt>((resolve, reject) => {
      const traced = this.tracing?.current();
      const entry = { command, streamId, aclVersion, message, traced, resolve, reject };
      const queue = this.waiting.get(streamId);
      if (queue) queue.push(entry);
      else this.waiting.set(streamId, [entry]);
    }).finally(() => this.underway.delete(key));
    this.size++;
    this.underway.set(key, { digest: command.digest, receipt });
    this.departSoon();
    return receipt;
  }

  /** When everything that has arrived in this turn of the event loop is waiting. */
  private departSoon(): void {
    this.soon ??= setImmediate(() => {
      this.soon = undefined;
      this.depart();
    });
  }

  private depart(): void {
    while (this.mayDepart()) {
      const batch: Entry[] = [];
      const streams: string[] = [];
      for (const [streamId, queue] of this.waiting) {
        if (this.busy.has(streamId)) continue;
        const taken = queue.splice(0, BATCH - batch.length);
        if (queue.length === 0) this.waiting.delete(streamId);
        batch.push(...taken);
        streams.push(streamId);
        if (batch.length >= BATCH) break;
      }
      if (batch.length === 0) return;
      for (const streamId of streams) this.busy.add(streamId);
      this.flights++;
      this.departedAt = performance.now();
      this.size -= batch.length;
      void this.fly(batch).finally(() => {
        for (const streamId of streams) this.busy.delete(streamId);
        this.flights--;
        this.departSoon();
      });
    }
  }

  private mayDepart(): boolean {
    if (this.size === 0 || this.flights >= FLIGHTS) return false;
    if (this.flights === 0 || this.size >= CROWD) return true;
    const wait = this.departedAt + SLOW_MS - performance.now();
    if (wait <= 0) return true;
    this.patience ??= setTimeout(() => {
      this.patience = undefined;
      this.depart();
    }, wait);
    return false;
  }

  private async fly(batch: Entry[]): Promise<void> {
    const step = this.tracing && beginCommit(this.tracing, batch);
    try {
      const rows = await this.write(batch);
      step?.end();
      this.settle(batch, rows, step);
    } catch (error) {
      step?.end(true);
      if (isUnavailable(error)) {
        for (const entry of batch) entry.reject(new AppError('unavailable', {}));
      } else if (batch.length === 1) {
        batch[0]?.reject(error);
      } else {
        // One of them cannot be stored: its neighbours must not fail with it.
        for (const entry of batch) await this.fly([entry]);
      }
    }
  }

  private async write(batch: Entry[]): Promise<Row[]> {
    const input = JSON.stringify(batch.map(toInput));
    for (let tries = 0; ; tries++) {
      try {
        return await this.source.query<Row[]>(APPEND, [input]);
      } catch (error) {
        // An id that is being written to another stream at this moment is not seen, and its key collides: each round at
        // least one more has become known, so this ends; the bound is for what we did not foresee.
        if (!isDuplicateKey(error) || tries >= batch.length) throw error;
      }
    }
  }

  private settle(batch: Entry[], rows: Row[], step: Step | undefined): void {
    const byOrd = new Map(rows.map((row) => [row.ord, row]));
    const frames = new Map<string, CommittedFrame>();
    const answers: (() => void)[] = [];
    batch.forEach((entry, ord) => {
      const row = byOrd.get(ord);
      if (row?.outcome === 'new' && row.at) {
        const event = toEvent(entry, row, row.at.toISOString());
        let frame = frames.get(entry.streamId);
        if (frame) frame.events.push(event);
        else {
          frame = {
            streamId: entry.streamId,
            kind: 'workspace',
            epoch: row.epoch ?? '',
            events: [event],
          };
          frames.set(entry.streamId, frame);
        }
        if (step && entry.traced) frame.trace = step.traceparent;
        const { seq, at } = event;
        answers.push(() =>
          entry.resolve({
            commandId: entry.command.commandId,
            streamId: entry.streamId,
            seq,
            at,
            dup: false,
          }),
        );
      } else {
        answers.push(() => answerOther(entry, row));
      }
    });
    // Members see it before the sender is told: an acknowledged message is never behind its own event here.
    this.committed([...frames.values()]);
    for (const answer of answers) answer();
  }
}

function beginCommit(tracing: CommitTracing, batch: readonly Entry[]): Step | undefined {
  const recorded = batch.filter((entry) => entry.traced);
  const [first] = recorded;
  if (!first) return undefined;
  const step = tracing.commit(
    recorded.flatMap((entry) => entry.traced ?? []),
    batch.length,
  );
  step.note(first.streamId);
  return step;
}

function answerOther(entry: Entry, row: Row | undefined): void {
  switch (row?.outcome) {
    case 'known':
      try {
        entry.resolve(
          firstAnswer(entry.command, {
            digest: row.digest ?? Buffer.alloc(0),
            stream_id: row.stream_id,
            seq: row.seq,
            at: row.at ?? new Date(0),
            refusal: row.refusal,
          }),
        );
      } catch (error) {
        entry.reject(error);
      }
      return;
    case 'stale':
      return entry.reject(new StaleRights());
    case 'elsewhere':
      return entry.reject(
        new AppError('message.reply-elsewhere', { replyTo: entry.message.view.replyTo ?? '' }),
      );
    case 'early':
      return entry.reject(new AppError('command.out-of-order', { after: entry.command.after ?? '' }));
    default:
      // The thread is not in this workspace, or the workspace does not exist.
      return entry.reject(new AppError('not-found', {}));
  }
}

/** The first answer to a command that was carried out or refused before. */
export function firstAnswer(
  command: Command,
  known: {
    digest: Buffer;
    stream_id: string | null;
    seq: string | null;
    at: Date;
    refusal: WireError | null;
  },
): Receipt {
  if (!known.digest.equals(command.digest)) throw new AppError('command.reused', {});
  if (known.refusal) throw new AppError(known.refusal.code, known.refusal.details);
  return {
    commandId: command.commandId,
    streamId: known.stream_id ?? '',
    seq: Number(known.seq),
    at: known.at.toISOString(),
    dup: true,
  };
}

function toInput({ command, streamId, aclVersion, message }: Entry, ord: number): object {
  const { view } = message;
  return {
    ord,
    stream_id: streamId,
    acl: aclVersion,
    actor_id: command.actor.id,
    actor: command.actor,
    command_id: command.commandId,
    digest: command.digest.toString('hex'),
    after: command.after,
    id: view.id,
    thread_id: view.threadId,
    author_opd_id: message.authorOpdId,
    reply_to: view.replyTo,
    message: view,
  };
}

function toEvent(entry: Entry, row: Row, at: Instant): StreamEvent<'message.posted'> {
  return {
    streamId: entry.streamId,
    seq: Number(row.seq),
    type: 'message.posted',
    at,
    actor: entry.command.actor,
    commandId: entry.command.commandId,
    data: { message: { ...entry.message.view, no: row.no ?? 0, postedAt: at } },
  };
}
