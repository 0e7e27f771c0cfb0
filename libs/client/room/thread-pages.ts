import { AppError, changeMessages, joined, LIMITS, withPage } from '#libs/contracts';
import type { MessageView, ThreadWindow, WorkspaceEvent, WorkspaceState } from '#libs/contracts';
import type { Wire } from '../wire/wire.js';

const TRIES = 3;

interface Host {
  state(): WorkspaceState | undefined;
  /** A page became part of the state. */
  replace(state: WorkspaceState, page: readonly MessageView[]): void;
  /** `loading` or `passages` changed. */
  changed(): void;
}

/** What a page is asked for. */
type Place = { before: number } | { after: number } | { around: number } | Record<string, never>;

/**
 * Messages that are fetched rather than heard. Of a thread there are at most two pieces: the window of the state,
 * which reaches its end and grows with what is posted, and a passage, which was opened in the middle. Each is
 * contiguous; as soon as they touch they become one window. A piece opens before its page is asked for, or hears what
 * happens meanwhile, so no change is missed; a page that does not join onto anything is asked for again.
 */
export class ThreadPages {
  private readonly running = new Map<string, Promise<boolean>>();
  private readonly wanted = new Set<string>();
  /** Where a passage shall open, by thread; the last wish counts. */
  private readonly places = new Map<string, number>();
  /** What happens while pages are on their way, one list for each of them. */
  private readonly meanwhile = new Set<WorkspaceEvent[]>();
  private snapshots = 0;

  constructor(
    private readonly workspaceId: string,
    private readonly wire: Wire,
    private readonly host: Host,
  ) {}

  loading: readonly string[] = [];
  /** By thread id: what is open in the middle of it. */
  passages: Readonly<Record<string, ThreadWindow>> = {};

  /** The newest page of a thread, or the one before what is open. True: there are older messages still. */
  load(threadId: string): Promise<boolean> {
    return this.once('older', threadId, () => this.older(threadId));
  }

  /** The page behind an open passage. True: there are newer messages still. */
  newer(threadId: string): Promise<boolean> {
    return this.once('newer', threadId, () => this.behind(threadId));
  }

  /** Opens a thread where message `no` is, unless the window has it. False: there is no such message. */
  openAt(threadId: string, no: number): Promise<boolean> {
    this.places.set(threadId, no);
    return this.once(`at ${no}`, threadId, () => this.at(threadId, no));
  }

  /** Closes the passage: the window is shown again. */
  toEnd(threadId: string): void {
    this.places.delete(threadId);
    this.setPassage(threadId, null);
  }

  /** Something happened in the workspace and is in its state. */
  heard(event: WorkspaceEvent): void {
    for (const events of this.meanwhile) events.push(event);
    for (const [threadId, { messages }] of Object.entries(this.passages)) {
      const changed = changeMessages(messages, event);
      if (changed !== messages) this.setPassage(threadId, changed);
      // A passage may be ahead of the events; the window grows towards it then.
      this.settle(threadId);
    }
  }

  /** The state is about to be replaced by a snapshot: what is open now shall be open again. */
  keep(state: WorkspaceState): void {
    this.snapshots += 1;
    for (const threadId of Object.keys(state.windows)) this.wanted.add(threadId);
    // What a passage shows may have changed unheard: it is read anew.
    for (const [threadId, { messages }] of Object.entries(this.passages)) {
      const middle = messages[Math.floor(messages.length / 2)];
      if (middle) this.places.set(threadId, middle.no);
    }
    this.passages = {};
  }

  /** Nothing may be shown any more. */
  clear(): void {
    this.places.clear();
    this.passages = {};
  }

  /** Fetches what was open and is not in the present state. */
  restore(): void {
    for (const thread of this.host.state()?.threads ?? []) {
      const place = this.places.get(thread.id);
      // The thread stays as it is and `messageCount` says so; the next join, or its reader, asks again.
      if (place !== undefined && !this.passages[thread.id]) {
        this.openAt(thread.id, place).catch(() => undefined);
      }
      if (!this.wanted.has(thread.id) || thread.messageCount === 0) continue;
      if (this.windowOf(thread.id)?.length) continue;
      this.load(thread.id).catch(() => undefined);
    }
  }

  private async older(threadId: string): Promise<boolean> {
    this.wanted.add(threadId);
    for (let tries = 0; tries < TRIES; tries++) {
      const { state, count } = this.thread(threadId);
      const passage = this.passages[threadId]?.messages;
      if (!passage && !state.windows[threadId]) this.host.replace(withPage(state, threadId, []), []);
      const first = (passage ?? this.windowOf(threadId))?.[0]?.no;
      if (first === 1 || count === 0) return false;
      const page = await this.ask(threadId, first === undefined ? {} : { before: first });
      if (this.join(threadId, page)) return (this.shown(threadId)?.[0]?.no ?? 1) > 1;
    }
    throw new AppError('unavailable', {});
  }

  private async behind(threadId: string): Promise<boolean> {
    for (let tries = 0; tries < TRIES; tries++) {
      this.thread(threadId);
      const last = this.passages[threadId]?.messages.at(-1)?.no;
      if (last === undefined) return false;
      const page = await this.ask(threadId, { after: last });
      if (this.join(threadId, page)) return this.passages[threadId] !== undefined;
    }
    throw new AppError('unavailable', {});
  }

  private async at(threadId: string, no: number): Promise<boolean> {
    const has = (messages: MessageView[] | undefined) => messages?.some((message) => message.no === no);
    this.thread(threadId);
    if (has(this.windowOf(threadId))) this.toEnd(threadId);
    else if (!has(this.passages[threadId]?.messages)) {
      const page = await this.ask(threadId, { around: no });
      // Its reader has gone elsewhere meanwhile.
      if (this.places.get(threadId) !== no) return has(page) ?? false;
      this.setPassage(threadId, page.length > 0 ? page : null);
      this.settle(threadId);
    }
    return has(this.shown(threadId)) ?? false;
  }

  /** A page that was asked for before a snapshot may be older than it, and nothing would tell: asked for again. */
  private async ask(threadId: string, place: Place): Promise<MessageView[]> {
    for (let tries = 0; tries < TRIES; tries++) {
      const { snapshots } = this;
      const page = await this.fetch(threadId, place);
      if (this.snapshots === snapshots) return page;
    }
    throw new AppError('unavailable', {});
  }

  private async fetch(threadId: string, place: Place): Promise<MessageView[]> {
    const meanwhile: WorkspaceEvent[] = [];
    this.meanwhile.add(meanwhile);
    try {
      const { messages } = await this.wire.request('thread.page', {
        workspaceId: this.workspaceId,
        threadId,
        limit: LIMITS.page,
        ...place,
      });
      // It was read at some moment since: what it does not show yet is added, what it shows is no other by that.
      return meanwhile.reduce(changeMessages, messages);
    } finally {
      this.meanwhile.delete(meanwhile);
    }
  }

  /** Adds a page to the piece it lies at. False: between it and all that is open something is missing. */
  private join(threadId: string, page: MessageView[]): boolean {
    const passage = this.passages[threadId]?.messages;
    if (passage && touch(passage, page)) {
      this.setPassage(threadId, joined(passage, page));
      this.settle(threadId);
      return true;
    }
    const state = this.host.state();
    const window = this.windowOf(threadId);
    const last = page.at(-1)?.no;
    if (!state || !window || last === undefined) return false;
    const joins = window.length === 0 ? last >= this.endOf(state, threadId) : touch(window, page);
    if (joins) this.host.replace(withPage(state, threadId, page), page);
    if (joins) this.settle(threadId);
    return joins;
  }

  /** A passage that touches the window, or reaches the thread's end, is the window from now on. */
  private settle(threadId: string): void {
    const state = this.host.state();
    const passage = this.passages[threadId]?.messages;
    const last = passage?.at(-1)?.no;
    if (!state || !passage || last === undefined) return;
    const window = this.windowOf(threadId) ?? [];
    const meets = window.length > 0 ? touch(window, passage) : last >= this.endOf(state, threadId);
    if (!meets) return;
    this.host.replace(withPage(state, threadId, passage), passage);
    this.toEnd(threadId);
  }

  private shown(threadId: string): MessageView[] | undefined {
    return this.passages[threadId]?.messages ?? this.windowOf(threadId);
  }

  private windowOf(threadId: string): MessageView[] | undefined {
    return this.host.state()?.windows[threadId]?.messages;
  }

  private endOf(state: WorkspaceState, threadId: string): number {
    return state.threads.find((thread) => thread.id === threadId)?.messageCount ?? 0;
  }

  private thread(threadId: string): { state: WorkspaceState; count: number } {
    const state = this.host.state();
    if (!state) throw new AppError('unavailable', {});
    const thread = state.threads.find((other) => other.id === threadId);
    if (!thread) throw new AppError('not-found', {});
    return { state, count: thread.messageCount };
  }

  private setPassage(threadId: string, messages: MessageView[] | null): void {
    const { [threadId]: had, ...others } = this.passages;
    if (!had && !messages) return;
    this.passages = messages ? { ...others, [threadId]: { messages } } : others;
    this.host.changed();
  }

  /** One request of a kind for a thread at a time; whoever asks for the same shares its answer. */
  private once(kind: string, threadId: string, fetch: () => Promise<boolean>): Promise<boolean> {
    const key = `${threadId} ${kind}`;
    const running = this.running.get(key);
    if (running) return running;
    const run = fetch().finally(() => {
      this.running.delete(key);
      this.tell();
    });
    this.running.set(key, run);
    this.tell();
    return run;
  }

  private tell(): void {
    this.loading = [...new Set([...this.running.keys()].map((key) => key.split(' ')[0] ?? ''))];
    this.host.changed();
  }
}

function touch(have: readonly MessageView[], page: readonly MessageView[]): boolean {
  const [first, last] = [have[0]?.no, have.at(-1)?.no];
  const [from, to] = [page[0]?.no, page.at(-1)?.no];
  if (first === undefined || last === undefined || from === undefined || to === undefined) return false;
  return to >= first - 1 && from <= last + 1;
}
