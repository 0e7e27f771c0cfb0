import { LIMITS, mayRetry, OUTBOX_ASK_AFTER_MS } from '#libs/contracts';
import type { Ack, AckOk, CommandType, WireError, WorkspaceEvent } from '#libs/contracts';
import { backoff, type Clock } from '../clock.js';
import { Cell } from '../observable.js';
import { byCreation } from './outbox-store.js';
import type { CommandData, PendingCommand } from '../types.js';
import { answered, entryOf, payload, wakeUp, withState, type Entry } from './queue-entry.js';
import { ANSWER_TIMEOUT_MS, type Wire } from '../wire/wire.js';

/** The server said `internal` so often to one command that sending it on would only hold up those behind it. */
const INTERNAL_ERRORS = 5;

export interface QueueContext {
  personId: string;
  wire: Wire;
  clock: Clock;
  random: () => number;
  /** A creation time later than all before it on this device. */
  stamp: () => string;
  /** The command is new or its lasting state changed. */
  keep: (command: PendingCommand) => void;
  /** The command needs no memory any more. */
  forget: (command: PendingCommand) => void;
  /** For this person's other tabs: done at `seq`, or discarded (`null`). */
  tell: (command: PendingCommand, seq: number | null) => void;
  done: (command: PendingCommand, ack: AckOk) => void;
  refused: (command: PendingCommand, error: WireError) => void;
  /** `pending` changed, or something is done whose event is not on show. */
  changed: () => void;
  /** The last event of the workspace on show; `Infinity` when nobody looks at it. */
  horizon: () => number;
  /** Its message is on show already. */
  isShown: (commandId: string) => boolean;
}

/**
 * The unsent and unseen commands of one workspace. Sends them in order of creation, up to `LIMITS.inFlight` at once:
 * each message names its unanswered predecessor, so the server can't take a later one first; where such a link can't be
 * made, a command waits until all before it are answered. A command stays here until its event is on show.
 */
export class CommandQueue {
  readonly pending = new Cell<readonly PendingCommand[]>([]);
  private entries: Entry[] = [];
  private isOpen = false;
  // An entry that was discarded while the store was being read must not come back with what was read.
  private readonly discarded = new Set<string>();

  constructor(
    readonly workspaceId: string,
    private readonly context: QueueContext,
  ) {}

  get isEmpty(): boolean {
    return this.entries.length === 0;
  }

  /** Sending may begin: the connection is there and, where somebody looks on, the workspace was joined. */
  open(): void {
    if (this.isOpen) return;
    this.isOpen = true;
    this.askAboutOld();
    this.pump();
  }

  /** The connection is going: the wire ends what is unanswered, and it will be sent again under the same id. */
  shut(): void {
    this.isOpen = false;
  }

  /** The client is closed: no timer stays. */
  rest(): void {
    this.isOpen = false;
    for (const entry of this.entries) wakeUp(entry);
  }

  send<C extends CommandType>(type: C, data: CommandData<C>): PendingCommand<C> {
    const entry = this.add(
      {
        commandId: crypto.randomUUID(),
        workspaceId: this.workspaceId,
        type,
        data,
        createdAt: this.context.stamp(),
        state: 'queued',
      } as PendingCommand,
      true,
    );
    this.context.keep(entry.command);
    this.pump();
    return entry.command as PendingCommand<C>;
  }

  /** Takes in what an earlier page or another tab left in the store. */
  adopt(commands: readonly PendingCommand[]): void {
    for (const command of commands) {
      const { commandId } = command;
      if (this.find(commandId) || this.discarded.has(commandId)) continue;
      if (this.context.isShown(commandId)) this.context.forget(command);
      else this.add(command.state === 'sending' ? { ...command, state: 'queued' } : command, false);
    }
    this.askAboutOld();
    this.pump();
  }

  /**
   * Sends a failed or old one again. One that was refused for good gets a new id: the server remembers its answer to
   * the old one. All others keep theirs, since they may have been carried out.
   */
  retry(commandId: string): void {
    const entry = this.find(commandId);
    if (!entry) return;
    const { state, error, type, data } = entry.command;
    if (state === 'failed' && error && !mayRetry(error.code)) {
      this.send(type, data);
      this.discard(commandId);
    } else if (state === 'failed' || state === 'old') {
      const { error: _past, ...rest } = entry.command;
      entry.command = { ...rest, state: 'queued' };
      entry.confirmed = true;
      entry.attempts = 0;
      entry.internalErrors = 0;
      this.context.keep(entry.command);
      this.pump();
    }
  }

  /** Forgets a command. One that is on its way may still be carried out. */
  discard(commandId: string): void {
    const entry = this.find(commandId);
    if (!entry) return;
    this.context.forget(entry.command);
    this.context.tell(entry.command, null);
    this.discarded.add(commandId);
    this.take(entry);
    this.pump();
  }

  /** Another tab had this one answered, or discarded it (`null`). */
  settled(commandId: string, seq: number | null): void {
    if (seq === null) this.discarded.add(commandId);
    const entry = this.find(commandId);
    if (!entry) return;
    if (seq === null) this.take(entry);
    else this.seen(entry, seq);
    this.pump();
  }

  /** An event is in the state now; its command, if it is one of ours, is on show. */
  applied(event: WorkspaceEvent): void {
    if (event.actor.id === this.context.personId) this.shown([event.commandId]);
  }

  /** The effects of these commands are in the state. */
  shown(commandIds: Iterable<string>): void {
    const before = this.entries.length;
    for (const id of commandIds) {
      const entry = this.find(id);
      if (!entry) continue;
      this.context.forget(entry.command);
      this.take(entry);
    }
    if (this.entries.length < before) this.pump();
  }

  /** The state has everything up to `seq`. */
  reached(seq: number): void {
    const done = this.entries.filter((entry) => entry.doneAt !== null && entry.doneAt <= seq);
    if (done.length === 0) return;
    for (const entry of done) this.take(entry);
    this.pump();
  }

  /** Something is done whose event is not on show. */
  get isAwaitingEvent(): boolean {
    return this.entries.some((entry) => entry.doneAt !== null);
  }

  /**
   * What is done at this moment. Call it before asking for the history, and `release` when all of the answer is on
   * show: the answer was read later, so their events are in it, whatever their numbers were.
   */
  done(): { release: () => void } {
    const done = this.entries.filter((entry) => entry.doneAt !== null);
    return {
      release: () => {
        for (const entry of done) this.take(entry);
        if (done.length > 0) this.pump();
      },
    };
  }

  private add(command: PendingCommand, own: boolean): Entry {
    const entry = entryOf(command, own);
    this.entries.push(entry);
    this.entries.sort((a, b) => byCreation(a.command, b.command));
    return entry;
  }

  private find(commandId: string): Entry | undefined {
    return this.entries.find((entry) => entry.command.commandId === commandId);
  }

  private take(entry: Entry): void {
    entry.gone = true;
    wakeUp(entry);
    this.entries = this.entries.filter((other) => other !== entry);
  }

  private askAboutOld(): void {
    const limit = this.context.clock.now() - OUTBOX_ASK_AFTER_MS;
    for (const entry of this.entries) {
      const { command } = entry;
      if (command.state !== 'queued' || entry.confirmed || entry.flying) continue;
      if (Date.parse(command.createdAt) < limit) entry.command = { ...command, state: 'old' };
    }
  }

  private pump(): void {
    if (this.isOpen && this.context.wire.online) {
      let before: Entry | null = null;
      let flying = this.entries.filter((entry) => entry.flying).length;
      for (const entry of this.entries) {
        if (answered(entry)) continue;
        if (!entry.flying) {
          if (flying >= LIMITS.inFlight || !this.mayGo(entry, before)) break;
          this.launch(entry, before);
          flying++;
        }
        before = entry;
      }
    }
    this.publish();
  }

  private mayGo(entry: Entry, before: Entry | null): boolean {
    // Another tab may send what came from the store without what is before it here: such a link would not hold.
    const linked = entry.command.type === 'message.post' && entry.own && before?.own;
    if (before && !linked) return false;
    if (entry.rest) return false;
    const { after } = entry;
    return !(entry.early && after && !answered(after.entry) && after.entry.sends === after.sends);
  }

  private launch(entry: Entry, before: Entry | null): void {
    const { command } = entry;
    entry.flying = true;
    entry.early = false;
    entry.sends++;
    entry.after = before && { entry: before, sends: before.sends };
    // Without an answer the outcome is unknown: the same id is sent again, and the server answers it once.
    this.context.wire.ask(
      command.type,
      payload(command, before?.command.commandId),
      ANSWER_TIMEOUT_MS,
      (ack) => this.landed(entry, ack),
    );
  }

  private landed(entry: Entry, ack: Ack | null): void {
    entry.flying = false;
    const { command } = entry;
    if (ack?.ok) {
      if (!entry.gone) this.finish(entry, ack);
      this.context.done(command, ack);
    } else if (!entry.gone && ack) {
      if (!ack.retry || (ack.error.code === 'internal' && ++entry.internalErrors >= INTERNAL_ERRORS)) {
        entry.command = { ...command, state: 'failed', error: ack.error };
        this.context.keep(entry.command);
        this.context.refused(entry.command, ack.error);
      } else if (ack.error.code === 'command.out-of-order' && entry.after) {
        entry.early = true;
      } else {
        this.later(entry, ack.error);
      }
    } else if (!entry.gone && this.isOpen) {
      this.later(entry, null);
    }
    this.pump();
  }

  private finish(entry: Entry, ack: AckOk): void {
    this.context.forget(entry.command);
    this.context.tell(entry.command, ack.seq);
    this.seen(entry, ack.streamId === this.workspaceId ? ack.seq : 0);
  }

  /** Done at `seq`: leaves when the state has come so far. */
  private seen(entry: Entry, seq: number): void {
    if (seq <= this.context.horizon()) {
      this.take(entry);
    } else {
      entry.doneAt = seq;
      this.context.changed();
    }
  }

  private later(entry: Entry, error: WireError | null): void {
    let wait = backoff(entry.attempts++, this.context.random);
    if (error && isCode(error, 'rate-limited'))
      wait = Math.max(wait, error.details.retryAfterMs * (1 + this.context.random() / 4));
    entry.rest = this.context.clock.after(wait, () => {
      entry.rest = null;
      this.pump();
    });
  }

  private publish(): void {
    const old = this.pending.get();
    let same = old.length === this.entries.length;
    const now = this.entries.map((entry, i) => {
      entry.command = withState(entry);
      same &&= entry.command === old[i];
      return entry.command;
    });
    if (same) return;
    this.pending.set(now);
    this.context.changed();
  }
}

function isCode<C extends WireError['code']>(error: WireError, code: C): error is WireError<C> {
  return error.code === code;
}
