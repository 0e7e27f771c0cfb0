import { applyEvent, UnknownEventError } from '#libs/contracts';
import type {
  AckRefused,
  CommandType,
  Cursor,
  HistoryPage,
  JoinAnswer,
  ServerEvents,
  WireError,
  WorkspaceEvent,
  WorkspaceRights,
  WorkspaceSnapshot,
  WorkspaceState,
} from '#libs/contracts';
import { Alarm, backoff, type Clock } from './clock.js';
import type { CommandQueue } from './command-queue.js';
import { GapTracker } from './gap-tracker.js';
import { Cell, Emitter, type Observable, type Signal } from './observable.js';
import { ThreadPages } from './thread-pages.js';
import type { CommandData, JournalEntry, PendingCommand, RoomView } from './types.js';
import { Typing } from './typing.js';
import { ANSWER_TIMEOUT_MS, type Wire } from './wire.js';

/** How long a hole may stay before the server is asked: most are only a frame that is late. */
const HOLE_MS = 150;
type Data<E extends keyof ServerEvents> = Parameters<ServerEvents[E]>[0];

export interface RoomContext {
  personId: string;
  wire: Wire;
  clock: Clock;
  random: () => number;
  queue: CommandQueue;
  /** The server answered the join, with yes or no: commands may be sent. */
  answered: () => void;
  /** A caller is done with the room. */
  left: () => void;
  fault: (error: unknown) => void;
}

/**
 * One workspace as this person sees it live. Applies the numbered history in order and without a hole, whatever
 * arrives: duplicates, early events, holes, resets, another epoch. What was sent is either in `view.pending` or in
 * `view.state`, never in both and never in neither, until it is done or its owner discards it.
 */
export class Room {
  private readonly cell: Cell<RoomView>;
  private readonly written = new Emitter<JournalEntry>();
  private readonly tracker = new GapTracker();
  private readonly pages: ThreadPages;
  private readonly people: Typing;
  /** Rings when a hole stayed. */
  private readonly hole: Alarm;
  /** Rings when a join has to be tried again. */
  private readonly again: Alarm;
  private holeAt = -1;

  private status: RoomView['status'] = 'loading';
  private state: WorkspaceState | undefined;
  private rights: WorkspaceRights | undefined;
  private error: WireError | undefined;
  private presence: readonly string[] | null = null;
  private outdated = false;

  /** Since the join was sent and until the server shut us out. */
  private listening = false;
  joining = false;
  private joinOnceMore = false;
  /** Joins in a row that brought nothing although something is missing. */
  private fruitless = 0;
  private depth = 0;
  private unwritten: JournalEntry[] = [];

  constructor(
    readonly workspaceId: string,
    private readonly context: RoomContext,
  ) {
    const { clock, wire } = context;
    this.hole = new Alarm(clock, () => this.join());
    this.again = new Alarm(clock, () => this.join());
    this.people = new Typing(clock, () => this.changed());
    this.pages = new ThreadPages(workspaceId, wire, {
      state: () => this.state,
      replace: (state, page) =>
        this.batch(() => {
          this.state = state;
          // A page may be ahead of the events: what it shows is not pending any more.
          context.queue.shown(page.filter((m) => m.author.id === context.personId).map((m) => m.commandId));
        }),
      changed: () => this.changed(),
    });
    this.cell = new Cell(this.compose());
  }

  get view(): Observable<RoomView> {
    return this.cell;
  }

  get journal(): Signal<JournalEntry> {
    return this.written;
  }

  /** Puts a wish on its way: now when online, later otherwise; once, and in the order of calls. Never throws. */
  send<C extends CommandType>(type: C, data: CommandData<C>): PendingCommand<C> {
    return this.context.queue.send(type, data);
  }

  /** Sends a `failed` or `old` command again. */
  retry(commandId: string): void {
    this.context.queue.retry(commandId);
  }

  /** Forgets a command. One that is `sending` may be carried out nevertheless. */
  discard(commandId: string): void {
    this.context.queue.discard(commandId);
  }

  /**
   * Fetches a thread's newest page, or the page before what is loaded. True: there are older messages still.
   * Rejects with AppError (`unavailable` while offline).
   */
  loadOlder(threadId: string): Promise<boolean> {
    return this.pages.load(threadId);
  }

  /** Entries of the history that are not messages, newest first. Rejects with AppError. */
  async history(before?: number, limit?: number): Promise<HistoryPage> {
    const { workspaceId } = this;
    const { events, more } = await this.context.wire.request('workspace.history', {
      workspaceId,
      ...(before === undefined ? {} : { before }),
      ...(limit === undefined ? {} : { limit }),
    });
    return { events, more };
  }

  /** Call on each key stroke: told to the others at most every three seconds. */
  typing(threadId: string): void {
    const { wire } = this.context;
    if (wire.online && this.people.mayTell(threadId))
      wire.hint('typing', { workspaceId: this.workspaceId, threadId });
  }

  /** Each caller of `client.workspace()` calls this once. */
  leave(): void {
    this.context.left();
  }

  // ---------- for the client ----------

  /** Joins, or asks what was missed. One request at a time. */
  join(): void {
    const { wire } = this.context;
    if (!wire.online) return;
    if (this.joining) {
      this.joinOnceMore = true;
      return;
    }
    this.clearAlarms();
    this.joinOnceMore = false;
    this.joining = true;
    this.listening = true;
    const since = this.tracker.cursor;
    const { workspaceId } = this;
    wire.ask(
      'workspace.join',
      since ? { workspaceId, since } : { workspaceId },
      ANSWER_TIMEOUT_MS,
      (answer) => {
        this.joining = false;
        this.batch(() => this.joined(answer, since));
      },
    );
  }

  disconnected(): void {
    this.clearAlarms();
    this.people.clear();
    this.presence = null;
    this.changed();
  }

  dispose(): void {
    this.listening = false;
    this.clearAlarms();
    this.people.clear();
    this.context.wire.tell('workspace.leave', { workspaceId: this.workspaceId });
  }

  /** The number up to which the view shows the history; `Infinity` when it shows none. */
  get horizon(): number {
    if (this.status === 'loading') return -1;
    return this.state?.seq ?? Number.POSITIVE_INFINITY;
  }

  isShown(commandId: string): boolean {
    return this.state !== undefined && this.ownCommands(this.state).includes(commandId);
  }

  changed(): void {
    this.batch(() => undefined);
  }

  note(entry: JournalEntry): void {
    this.batch(() => this.unwritten.push(entry));
  }

  onEvents(frame: Data<'workspace.events'>): void {
    if (!this.listening) return;
    this.batch(() => {
      // A workspace's stream carries workspace events only.
      this.apply(this.tracker.accept(frame.epoch, frame.events as WorkspaceEvent[]));
      this.watch();
    });
  }

  onHead(head: Data<'workspace.head'>): void {
    if (!this.listening) return;
    this.tracker.saw(head.epoch, head.seq);
    this.watch();
  }

  onRights({ rights }: Data<'workspace.rights'>): void {
    if (!this.state) return;
    this.rights = rights;
    this.changed();
  }

  onClosed({ reason }: Data<'workspace.closed'>): void {
    this.batch(() => {
      if (reason === 'removed') {
        this.shutOut('closed', { code: 'forbidden', details: { action: 'workspace.read' } });
        return;
      }
      // Other things may be read than before: what is shown goes, a new snapshot comes.
      this.tracker.forget();
      this.status = 'loading';
      this.state = undefined;
      this.rights = undefined;
      this.join();
    });
  }

  onPresence(presence: Data<'presence.changed'>): void {
    this.presence = presence.people;
    this.changed();
  }

  onTyping({ personId, name, threadId }: Data<'typing'>): void {
    if (personId === this.context.personId || !this.listening) return;
    this.people.heard({ personId, name, threadId });
    this.changed();
  }

  // ---------- the history ----------

  private joined(answer: JoinAnswer | AckRefused | null, since: Cursor | null): void {
    const { wire, random, answered } = this.context;
    if (!answer || (!answer.ok && answer.retry)) {
      if (answer) this.error = answer.error;
      if (wire.online) this.again.set(backoff(this.fruitless++, random));
      return;
    }
    if (!answer.ok) {
      const absent = answer.error.code === 'not-found' || answer.error.code === 'forbidden';
      this.shutOut(absent ? 'not-found' : 'error', answer.error);
      answered();
      return;
    }
    const before = this.tracker.cursor;
    if (answer.kind === 'reset') this.reset(answer.snapshot, since);
    if (answer.kind === 'events') this.apply(this.tracker.accept(answer.epoch, answer.events));
    this.tracker.saw(answer.epoch, answer.head);
    this.rights = answer.rights;
    this.error = undefined;
    if (this.state) this.status = 'ready';
    if (!this.state || (this.tracker.behind && this.tracker.cursor === before))
      this.again.set(backoff(this.fruitless++, random));
    else this.fruitless = 0;
    answered();
    this.pages.restore();
    this.watch();
    if (this.joinOnceMore) this.join();
  }

  private reset(snapshot: WorkspaceSnapshot, since: Cursor | null): void {
    const { queue } = this.context;
    const at = this.tracker.cursor;
    const { epoch, state } = snapshot;
    // Events that came while the snapshot was on its way are ahead of it: what we have is newer, and whole.
    if (at && at.epoch === epoch && since && state.seq >= since.seq && state.seq < at.seq) return;
    // In another epoch the numbers of earlier answers mean nothing; what was answered is in the snapshot.
    if (at && at.epoch !== epoch) queue.reached(Number.POSITIVE_INFINITY);
    if (this.state) this.pages.keep(this.state);
    this.state = state;
    this.unwritten.push({ kind: 'reset', snapshot });
    queue.shown(this.ownCommands(state));
    queue.reached(state.seq);
    this.apply(this.tracker.restart({ epoch, seq: state.seq }));
  }

  private apply(events: readonly WorkspaceEvent[]): void {
    const { queue } = this.context;
    for (const event of events) {
      if (!this.state) return;
      const next = this.reduce(this.state, event);
      if (!next) return;
      this.state = next;
      this.unwritten.push({ kind: 'event', event });
      queue.applied(event);
      if (event.type === 'message.posted') {
        this.people.ended({ personId: event.actor.id, threadId: event.data.message.threadId });
      }
    }
    if (this.state) queue.reached(this.state.seq);
  }

  /** `null`: the event broke the reducer; the server's snapshot has to help. */
  private reduce(state: WorkspaceState, event: WorkspaceEvent): WorkspaceState | null {
    try {
      return applyEvent(state, event);
    } catch (error) {
      if (error instanceof UnknownEventError) {
        this.outdated = true;
        return { ...state, seq: event.seq };
      }
      this.context.fault(error);
      this.tracker.forget();
      this.again.set(backoff(this.fruitless++, this.context.random));
      return null;
    }
  }

  /** Something is missing: waits a moment for it, then asks. */
  private watch(): void {
    const { cursor, behind, full } = this.tracker;
    if (!behind || !cursor) this.hole.clear();
    else if (this.joining || this.again.isSet) return;
    else if (full) this.join();
    else if (!this.hole.isSet || this.holeAt !== cursor.seq) {
      this.holeAt = cursor.seq;
      this.hole.set(HOLE_MS);
    }
  }

  /** Nothing may be shown any more; what waits to be sent stays, so that its text can be kept. */
  private shutOut(status: 'not-found' | 'closed' | 'error', error: WireError): void {
    this.listening = false;
    this.clearAlarms();
    this.people.clear();
    this.tracker.forget();
    this.status = status;
    this.error = error;
    this.state = undefined;
    this.rights = undefined;
    this.presence = null;
    this.context.queue.reached(Number.POSITIVE_INFINITY);
  }

  /** Ids of own commands whose effect can be seen in a state. */
  private ownCommands(state: WorkspaceState): string[] {
    const messages = Object.values(state.windows).flatMap((window) => window.messages);
    const threads = new Set(state.threads.map((thread) => thread.id));
    return [
      ...messages.filter((m) => m.author.id === this.context.personId).map((m) => m.commandId),
      ...this.context.queue.pending
        .get()
        .filter((command) => command.type === 'thread.open' && threads.has(command.data.threadId))
        .map((command) => command.commandId),
    ];
  }

  private clearAlarms(): void {
    this.hole.clear();
    this.again.clear();
  }

  // ---------- the view ----------

  /** State and pending change together: one view for all that one frame brought. */
  private batch(work: () => void): void {
    this.depth++;
    try {
      work();
    } finally {
      this.depth--;
    }
    if (this.depth > 0) return;
    const view = this.compose();
    if (!isSame(view, this.cell.get())) this.cell.set(view);
    for (let entry = this.unwritten.shift(); entry; entry = this.unwritten.shift()) this.written.emit(entry);
  }

  private compose(): RoomView {
    return {
      status: this.status,
      state: this.state,
      rights: this.rights,
      epoch: this.tracker.cursor?.epoch,
      pending: this.context.queue.pending.get(),
      presence: this.presence,
      typing: this.people.people,
      loadingThreads: this.pages.loading,
      error: this.error,
      outdated: this.outdated,
    };
  }
}

function isSame(a: RoomView, b: RoomView): boolean {
  return (Object.keys(a) as (keyof RoomView)[]).every((key) => a[key] === b[key]);
}
