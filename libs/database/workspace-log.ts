import type { DataSource, EntityManager } from 'typeorm';
import {
  AppError,
  isAppError,
  mayRetry,
  type ActorView,
  type Instant,
  type StreamKind,
} from '#libs/contracts';
import { AppendQueue, firstAnswer, type NewMessage } from './append.js';
import type { Command, CommittedFrame, KnownCommand, NewEvent, Receipt } from './command.js';
import { numberNotes } from './note.js';
import { MissingStream, number, StaleRights, type Authority } from './numbering.js';
import { asAppError, isContention, isDuplicateKey } from './pg-errors.js';
import type { CommitTracing, Traced } from './tracing.js';

/** What a handler of `record` decided: events to number, and the access lists it read when it allowed them. */
export interface Change {
  /** At least one; the first one's stream and number are the receipt. */
  events: NewEvent[];
  authority?: Authority[];
}

const ATTEMPTS = 5;

/**
 * The doors into the numbered histories. Rows, events and the command id are committed together or not at all;
 * a repeated id gets the first answer; what was committed is announced once, after the commit.
 */
export class WorkspaceLog {
  private readonly queue: AppendQueue;
  private readonly listeners: ((frames: CommittedFrame[]) => void)[] = [];
  private tracing: CommitTracing | undefined;

  constructor(private readonly source: DataSource) {
    this.queue = new AppendQueue(source, (frames) => this.announce(frames));
  }

  /** Called after each commit with what it wrote, in order. Must not throw and must not wait. */
  onCommitted(listener: (frames: CommittedFrame[]) => void): void {
    this.listeners.push(listener);
  }

  /** From now on the ways of sampled commands are recorded. */
  traceWith(tracing: CommitTracing): void {
    this.tracing = tracing;
    this.queue.tracing = tracing;
  }

  /** Accepted commands of the hot door that are not answered yet; a stopping instance waits for 0. */
  get pending(): number {
    return this.queue.pending;
  }

  /**
   * The hot door: messages, many to a commit. `authorise` tells the version of the access list it read, or throws
   * the refusal; it is asked again when the list changed on the way.
   */
  async append(
    command: Command,
    streamId: string,
    authorise: () => Promise<number>,
    message: NewMessage,
  ): Promise<Receipt> {
    try {
      for (let attempt = 1; ; attempt++) {
        const aclVersion = await (this.tracing ? this.tracing.step('authorise', authorise) : authorise());
        this.tracing?.current()?.note(streamId);
        try {
          return await this.queue.add(command, streamId, aclVersion, message);
        } catch (error) {
          if (!(error instanceof StaleRights)) throw error;
          if (attempt >= ATTEMPTS) throw new AppError('unavailable', {});
        }
      }
    } catch (error) {
      return this.refuse(command, asAppError(error));
    }
  }

  /**
   * The door for everything else. The handler gets the transaction and its time, authorises, changes rows, and
   * returns the events. It may run again when the access list changed or another transaction was in the way, so it
   * must do nothing outside `tx`.
   *
   * @param occurredAt only the import gives a past moment.
   */
  async record(
    command: Command,
    handler: (tx: EntityManager, at: Instant) => Promise<Change>,
    occurredAt?: Instant,
  ): Promise<Receipt> {
    try {
      for (let attempt = 1; ; attempt++) {
        try {
          if (!this.tracing) return await this.recordOnce(command, handler, occurredAt);
          return await this.tracing.step('record', () => this.recordOnce(command, handler, occurredAt));
        } catch (error) {
          // A duplicate key here is another instance writing the same command: the next round finds it.
          const again = error instanceof StaleRights || isContention(error) || isDuplicateKey(error);
          if (!again || attempt >= ATTEMPTS)
            throw error instanceof StaleRights ? new AppError('unavailable', {}) : error;
        }
      }
    } catch (error) {
      // As the hot door answers for a workspace that does not exist.
      return this.refuse(
        command,
        error instanceof MissingStream ? new AppError('not-found', {}) : asAppError(error),
      );
    }
  }

  /**
   * For what happens by itself at a moment: numbers in a transaction that somebody else commits, as its last
   * statements. The id of the command has to be a new one each time, since nobody asks for it again.
   *
   * @returns announces what was written; to be called after the commit
   */
  async recordWithin(
    tx: EntityManager,
    command: Command,
    events: NewEvent[],
    at: Instant,
  ): Promise<() => void> {
    const frames = await number(tx, command, events, [], at);
    return () => this.announce(frames);
  }

  /**
   * The small door: a person's own stream, for what may be said any number of times (a mark, a row put away). `work`
   * changes rows and answers the events that tell of it, or none when nothing is different.
   */
  async note(actor: ActorView, work: (tx: EntityManager) => Promise<NewEvent[]>): Promise<void> {
    let frames: CommittedFrame[] = [];
    try {
      await this.source.transaction(async (tx) => {
        const events = await work(tx);
        frames = await numberNotes(tx, actor, events, new Date().toISOString());
      });
    } catch (error) {
      throw asAppError(error);
    }
    this.announce(frames);
  }

  /** Announces what a consumer numbered, after its transaction was committed. */
  announceDerived(frames: CommittedFrame[]): void {
    this.announce(frames);
  }

  /** Opens a numbered stream; part of the transaction that creates what it is about. */
  async openStream(tx: EntityManager, id: string, kind: StreamKind): Promise<void> {
    await tx.query('INSERT INTO stream_head (id, kind) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING', [
      id,
      kind,
    ]);
  }

  private async recordOnce(
    command: Command,
    handler: (tx: EntityManager, at: Instant) => Promise<Change>,
    occurredAt: Instant | undefined,
  ): Promise<Receipt> {
    let frames: CommittedFrame[] = [];
    const receipt = await this.source.transaction(async (tx): Promise<Receipt> => {
      const [row] = await tx.query<(Partial<KnownCommand> & { now: Date })[]>(KNOWN, [
        command.actor.id,
        command.commandId,
      ]);
      if (row?.digest) return firstAnswer(command, row as KnownCommand);
      const at = occurredAt ?? (row?.now ?? new Date()).toISOString();
      const change = await handler(tx, at);
      const first = change.events[0];
      if (!first) throw new Error('a recorded command needs an event');
      frames = await number(tx, command, change.events, change.authority ?? [], at);
      const own = frames.find((frame) => frame.streamId === first.streamId);
      return {
        commandId: command.commandId,
        streamId: first.streamId,
        seq: own?.events[0]?.seq ?? 0,
        at,
        dup: false,
      };
    });
    const traced = this.tracing?.current();
    if (traced) mark(frames, traced);
    this.announce(frames);
    return receipt;
  }

  /**
   * Answers a refusal and remembers it, so that the same id is refused again for the same reason. A command that was
   * accepted before stays accepted, whatever its sender may do now.
   */
  private async refuse(command: Command, error: unknown): Promise<Receipt> {
    if (!isAppError(error) || mayRetry(error.code) || error.code === 'command.reused') throw error;
    const [known] = await this.source
      .query<(KnownCommand & { fresh: boolean })[]>(REFUSE, [
        command.actor.id,
        command.commandId,
        command.digest,
        JSON.stringify(error.toWire()),
      ])
      .catch((failure: unknown) => {
        throw asAppError(failure);
      });
    if (!known) throw error;
    return firstAnswer(command, known);
  }

  private announce(frames: CommittedFrame[]): void {
    if (frames.length === 0) return;
    for (const listener of this.listeners) listener(frames);
  }
}

function mark(frames: CommittedFrame[], traced: Traced): void {
  for (const frame of frames) {
    if (frame.kind !== 'workspace') continue;
    frame.trace = traced.traceparent;
    traced.note(frame.streamId);
  }
}

// date_trunc: what is stored and what was answered are the same to the digit.
const KNOWN = `
SELECT date_trunc('milliseconds', clock_timestamp()) AS now, c.digest, c.stream_id, c.seq, c.at, c.refusal
FROM (SELECT 1) AS one LEFT JOIN command c ON c.actor_id = $1 AND c.command_id = $2`;

// Returns the earlier row when there is one; nothing when this refusal is the first answer.
const REFUSE = `
WITH refused AS (
  INSERT INTO command (actor_id, command_id, digest, refusal) VALUES ($1, $2, $3, $4)
  ON CONFLICT (actor_id, command_id) DO NOTHING
)
SELECT digest, stream_id, seq, at, refusal FROM command WHERE actor_id = $1 AND command_id = $2`;
