import type {
  CommandType,
  FormerText,
  HistoryPage,
  MarkView,
  MessageView,
  ServerEvents,
} from '#libs/contracts';
import { CatchUp } from './catch-up.js';
import type { Clock } from '../clock.js';
import type { CommandQueue } from '../outbox/command-queue.js';
import { LiveHistory } from './live-history.js';
import { Reading } from './reading.js';
import { Cell, Emitter, type Observable, type Signal } from '../observable.js';
import { ThreadPages } from './thread-pages.js';
import type { CommandData, JournalEntry, PendingCommand, RoomView } from '../types.js';
import { Typing } from './typing.js';
import type { Wire } from '../wire/wire.js';

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
 * One workspace as this person sees it live. Whatever arrives (duplicates, early events, holes, resets, another
 * epoch), the view goes through the numbered history in order. What was sent is either in `view.pending` or in
 * `view.state`, never in both and never in neither, until it is done or its owner discards it.
 */
export class Room {
  private readonly cell: Cell<RoomView>;
  private readonly written = new Emitter<JournalEntry>();
  private readonly live: LiveHistory;
  private readonly pages: ThreadPages;
  private readonly people: Typing;
  private readonly reading: Reading;
  /** What happened since the person's last visit. */
  readonly catchUp: CatchUp;
  private presence: readonly string[] | null = null;
  private depth = 0;
  private unwritten: JournalEntry[] = [];

  constructor(
    readonly workspaceId: string,
    private readonly context: RoomContext,
  ) {
    const { personId, wire, clock, queue } = context;
    this.people = new Typing(clock, () => this.changed());
    this.reading = new Reading(workspaceId, { personId, wire, clock, changed: () => this.changed() });
    this.catchUp = new CatchUp(workspaceId, { personId, wire, clock });
    this.live = new LiveHistory(workspaceId, {
      ...context,
      batch: (work) => this.batch(work),
      wrote: (entry) => this.wrote(entry),
      answered: () => {
        context.answered();
        this.pages.restore();
        if (!this.live.state) return;
        this.reading.joined();
        this.catchUp.joined();
      },
      replacing: (state) => this.pages.keep(state),
      cleared: () => this.pages.clear(),
      shut: () => {
        this.people.clear();
        this.reading.clear();
        this.catchUp.clear();
        this.presence = null;
      },
    });
    this.pages = new ThreadPages(workspaceId, wire, {
      state: () => this.live.state,
      replace: (state, page) =>
        this.batch(() => {
          this.live.state = state;
          // A page may be ahead of the events: what it shows is not pending any more.
          queue.shown(page.filter((m) => m.author.id === personId).map((m) => m.commandId));
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
   * Fetches a thread's newest page, or the page before what is open. True: there are older messages still.
   * Rejects with AppError (`unavailable` while offline).
   */
  loadOlder(threadId: string): Promise<boolean> {
    return this.pages.load(threadId);
  }

  /** Fetches the page behind an open passage. True: there are newer messages still. Rejects with AppError. */
  loadNewer(threadId: string): Promise<boolean> {
    return this.pages.newer(threadId);
  }

  /**
   * Opens a thread at message `no`: where that is not in its window, as a passage of `view.passages`, which both
   * `loadOlder` and `loadNewer` extend until it meets the window. False: there is no such message. Rejects with AppError.
   */
  openAt(threadId: string, no: number): Promise<boolean> {
    return this.pages.openAt(threadId, no);
  }

  /** Closes a thread's passage: its newest messages are shown again. */
  toEnd(threadId: string): void {
    this.pages.toEnd(threadId);
  }

  /** What a message said before. Rejects with AppError. */
  async formerTexts(messageId: string): Promise<FormerText[]> {
    const { workspaceId } = this;
    return (await this.context.wire.request('message.edits', { workspaceId, messageId })).texts;
  }

  /** The pinned messages of a thread, by number. Rejects with AppError. */
  async pinned(threadId: string): Promise<MessageView[]> {
    const { workspaceId } = this;
    return (await this.context.wire.request('thread.pins', { workspaceId, threadId })).messages;
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

  /** Everything up to this number was on the person's screen. Call as often as you like; it is told in a moment. */
  read(threadId: string, upTo: number): void {
    this.reading.read(threadId, upTo);
  }

  /** From this message on the thread counts as unread again. Rejects with AppError (`unavailable` while offline). */
  markUnread(threadId: string, from: number): Promise<void> {
    return this.reading.markUnread(threadId, from);
  }

  /** Call on each key stroke: told to the others at most every three seconds. */
  typing(threadId: string): void {
    const { wire } = this.context;
    if (!wire.online || !this.people.mayTell(threadId)) return;
    wire.hint('typing', { workspaceId: this.workspaceId, threadId });
  }

  /** Each caller of `client.workspace()` calls this once. */
  leave(): void {
    this.context.left();
  }

  // ---------- for the client ----------

  get joining(): boolean {
    return this.live.joining;
  }

  join(): void {
    this.live.join();
  }

  disconnected(): void {
    this.live.rest();
    this.catchUp.disconnected();
    this.people.clear();
    this.presence = null;
    this.changed();
  }

  dispose(): void {
    this.live.rest();
    this.reading.rest();
    this.catchUp.rest();
    this.people.clear();
    this.context.wire.tell('workspace.leave', { workspaceId: this.workspaceId });
  }

  onMark(mark: MarkView): void {
    this.reading.onMark(mark);
  }

  onEvents(frame: Data<'workspace.events'>): void {
    this.batch(() => this.live.onEvents(frame));
  }

  onHead(head: Data<'workspace.head'>): void {
    this.live.onHead(head);
  }

  onRights({ rights }: Data<'workspace.rights'>): void {
    if (this.live.state) this.live.rights = rights;
    this.changed();
  }

  onClosed(closed: Data<'workspace.closed'>): void {
    this.batch(() => this.live.onClosed(closed));
  }

  onPresence({ people }: Data<'presence.changed'>): void {
    this.presence = people;
    this.changed();
  }

  onTyping({ personId, name, threadId }: Data<'typing'>): void {
    if (personId === this.context.personId) return;
    this.people.heard({ personId, name, threadId });
    this.changed();
  }

  // ---------- for the outbox ----------

  /** The number up to which the view shows the history; `Infinity` when it shows none. */
  get horizon(): number {
    return this.live.horizon;
  }

  isShown(commandId: string): boolean {
    return this.live.ownCommands().includes(commandId);
  }

  note(entry: JournalEntry): void {
    this.batch(() => this.wrote(entry));
  }

  changed(): void {
    this.batch(() => this.live.watch());
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

  private wrote(entry: JournalEntry): void {
    this.unwritten.push(entry);
    if (entry.kind !== 'event') return;
    this.reading.applied(entry.event);
    this.catchUp.applied(entry.event);
    this.pages.heard(entry.event);
    if (entry.event.type !== 'message.posted') return;
    this.people.ended({ personId: entry.event.actor.id, threadId: entry.event.data.message.threadId });
  }

  private compose(): RoomView {
    const { status, state, rights, epoch, error, outdated } = this.live;
    return {
      status,
      state,
      rights,
      epoch,
      pending: this.context.queue.pending.get(),
      presence: this.presence,
      typing: this.people.people,
      passages: this.pages.passages,
      loadingThreads: this.pages.loading,
      reading: this.reading.threads,
      error,
      outdated,
    };
  }
}

function isSame(a: RoomView, b: RoomView): boolean {
  return (Object.keys(a) as (keyof RoomView)[]).every((key) => a[key] === b[key]);
}
