import { applyEvent, UnknownEventError } from '#libs/contracts';
import type {
  AckRefused,
  Cursor,
  JoinAnswer,
  ServerEvents,
  WireError,
  WorkspaceEvent,
  WorkspaceRights,
  WorkspaceSnapshot,
  WorkspaceState,
} from '#libs/contracts';
import { Alarm, backoff, type Clock } from '../clock.js';
import type { CommandQueue } from '../outbox/command-queue.js';
import { GapTracker } from './gap-tracker.js';
import type { JournalEntry, RoomView } from '../types.js';
import { ANSWER_TIMEOUT_MS, type Wire } from '../wire/wire.js';

/** How long a hole may stay before the server is asked: most are only a frame that is late. */
const HOLE_MS = 150;

type Data<E extends keyof ServerEvents> = Parameters<ServerEvents[E]>[0];

interface Host {
  personId: string;
  wire: Wire;
  clock: Clock;
  random: () => number;
  queue: CommandQueue;
  /** Runs `work`; what it changes is shown as one change. */
  batch: (work: () => void) => void;
  wrote: (entry: JournalEntry) => void;
  /** The server answered the join, with yes or no. */
  answered: () => void;
  /** A snapshot is about to replace this state. */
  replacing: (state: WorkspaceState) => void;
  /** What was shown goes; something else may follow. */
  cleared: () => void;
  /** Nothing may be shown any more. */
  shut: () => void;
  fault: (error: unknown) => void;
}

/**
 * The numbered history of one workspace as far as it is known here. Joins, applies each event once and in order, asks
 * for what is missing, one request at a time.
 */
export class LiveHistory {
  status: RoomView['status'] = 'loading';
  state: WorkspaceState | undefined;
  rights: WorkspaceRights | undefined;
  error: WireError | undefined;
  /** An event came that this build does not know. */
  outdated = false;
  joining = false;

  private readonly tracker = new GapTracker();
  /** Rings when a hole stayed. */
  private readonly hole: Alarm;
  private holeAt = -1;
  /** Rings when a join has to be tried again. */
  private readonly again: Alarm;
  /** Since the join was sent and until the server shut us out. */
  private listening = false;
  private joinOnceMore = false;
  /** Joins in a row that brought nothing although something is missing. */
  private fruitless = 0;

  constructor(
    private readonly workspaceId: string,
    private readonly host: Host,
  ) {
    this.hole = new Alarm(host.clock, () => this.join());
    this.again = new Alarm(host.clock, () => this.join());
  }

  get epoch(): string | undefined {
    return this.tracker.cursor?.epoch;
  }

  /** The number up to which the history is on show; `Infinity` when nothing is. */
  get horizon(): number {
    if (this.status === 'loading') return -1;
    return this.state?.seq ?? Number.POSITIVE_INFINITY;
  }

  /** Joins, or asks for what was missed. */
  join(): void {
    const { wire, queue, batch } = this.host;
    if (!wire.online) return;
    if (this.joining) {
      this.joinOnceMore = true;
      return;
    }
    this.rest();
    this.joinOnceMore = false;
    this.joining = true;
    this.listening = true;
    const since = this.tracker.cursor;
    const done = queue.done();
    const { workspaceId } = this;
    wire.ask('workspace.join', { workspaceId, ...(since && { since }) }, ANSWER_TIMEOUT_MS, (answer) => {
      this.joining = false;
      batch(() => this.joined(answer, since, done));
    });
  }

  /** No timer stays. */
  rest(): void {
    this.hole.clear();
    this.again.clear();
  }

  onEvents(frame: Data<'workspace.events'>): void {
    if (!this.listening) return;
    // A workspace's stream carries workspace events only.
    this.apply(this.tracker.accept(frame.epoch, frame.events as WorkspaceEvent[]));
    this.watch();
  }

  onHead(head: Data<'workspace.head'>): void {
    if (!this.listening) return;
    this.tracker.saw(head.epoch, head.seq);
    this.watch();
  }

  onClosed({ reason }: Data<'workspace.closed'>): void {
    if (reason === 'removed') {
      this.shutOut('closed', { code: 'forbidden', details: { action: 'workspace.read' } });
      return;
    }
    // Other things may be read than before: what is shown goes, a new snapshot comes.
    this.clear();
    this.status = 'loading';
    this.join();
  }

  /** Something is missing: waits a moment for it, then asks. */
  watch(): void {
    const { cursor, behind, full } = this.tracker;
    // An answer that came before its event is as good as a beacon.
    const missing = behind || this.host.queue.isAwaitingEvent;
    if (!missing || !cursor || !this.listening) this.hole.clear();
    else if (this.joining || this.again.isSet) return;
    else if (full) this.join();
    else if (!this.hole.isSet || this.holeAt !== cursor.seq) {
      this.holeAt = cursor.seq;
      this.hole.set(HOLE_MS);
    }
  }

  private joined(
    answer: JoinAnswer | AckRefused | null,
    since: Cursor | null,
    done: { release: () => void },
  ): void {
    const { answered } = this.host;
    if (!answer || (!answer.ok && answer.retry)) {
      if (answer) this.error = answer.error;
      this.joinLater();
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
    const { behind, cursor } = this.tracker;
    if (!this.state || (behind && cursor === before)) this.joinLater();
    else this.fruitless = 0;
    if (this.state && !behind) done.release();
    answered();
    this.watch();
    if (this.joinOnceMore) this.join();
  }

  private joinLater(): void {
    const { wire, random } = this.host;
    if (wire.online) this.again.set(backoff(this.fruitless++, random));
  }

  private reset(snapshot: WorkspaceSnapshot, since: Cursor | null): void {
    const { queue, wrote, replacing } = this.host;
    const at = this.tracker.cursor;
    const { epoch, state } = snapshot;
    // Events that came while the snapshot was on its way are ahead of it: what we have is newer, and whole.
    if (at && at.epoch === epoch && since && state.seq >= since.seq && state.seq < at.seq) return;
    // In another epoch the numbers of earlier answers mean nothing; what was answered is in the snapshot.
    if (at && at.epoch !== epoch) queue.reached(Number.POSITIVE_INFINITY);
    if (this.state) replacing(this.state);
    this.state = state;
    wrote({ kind: 'reset', snapshot });
    queue.shown(this.ownCommands());
    queue.reached(state.seq);
    this.apply(this.tracker.restart({ epoch, seq: state.seq }));
  }

  private apply(events: readonly WorkspaceEvent[]): void {
    const { queue, wrote } = this.host;
    for (const event of events) {
      if (!this.state) return;
      const next = this.reduce(this.state, event);
      if (!next) return;
      this.state = next;
      queue.applied(event);
      wrote({ kind: 'event', event });
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
      this.host.fault(error);
      this.tracker.forget();
      this.joinLater();
      return null;
    }
  }

  /** Ids of own commands whose effect can be seen. */
  ownCommands(): string[] {
    if (!this.state) return [];
    const { personId, queue } = this.host;
    const messages = Object.values(this.state.windows).flatMap((window) => window.messages);
    const threads = new Set(this.state.threads.map((thread) => thread.id));
    return [
      ...messages.filter((message) => message.author.id === personId).map((message) => message.commandId),
      ...queue.pending
        .get()
        .filter((command) => command.type === 'thread.open' && threads.has(command.data.threadId))
        .map((command) => command.commandId),
    ];
  }

  /** Nothing may be shown any more; what waits to be sent stays, so that its text can be kept. */
  private shutOut(status: 'not-found' | 'closed' | 'error', error: WireError): void {
    this.listening = false;
    this.rest();
    this.clear();
    this.status = status;
    this.error = error;
    this.host.shut();
    this.host.queue.reached(Number.POSITIVE_INFINITY);
  }

  private clear(): void {
    this.tracker.forget();
    this.state = undefined;
    this.rights = undefined;
    this.host.cleared();
  }
}
