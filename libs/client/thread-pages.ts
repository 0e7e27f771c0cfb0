import { AppError, LIMITS, withPage } from '#libs/contracts';
import type { MessageView, WorkspaceState } from '#libs/contracts';
import type { Wire } from './wire.js';

const TRIES = 3;

interface Host {
  state(): WorkspaceState | undefined;
  /** A page became part of the state. */
  replace(state: WorkspaceState, page: readonly MessageView[]): void;
  /** `loading` changed. */
  changed(): void;
}

/**
 * Messages that are fetched rather than heard. A thread's window opens before its page is asked for, so that messages
 * that arrive in the meantime are in it; a page that does not join onto the window is asked for again.
 */
export class ThreadPages {
  private readonly running = new Map<string, Promise<boolean>>();
  private readonly wanted = new Set<string>();

  constructor(
    private readonly workspaceId: string,
    private readonly wire: Wire,
    private readonly host: Host,
  ) {}

  loading: readonly string[] = [];

  /** The newest page of a thread, or the one before what is loaded. True: there are older messages still. */
  load(threadId: string): Promise<boolean> {
    const running = this.running.get(threadId);
    if (running) return running;
    const run = this.fetch(threadId).finally(() => {
      this.running.delete(threadId);
      this.tell();
    });
    this.running.set(threadId, run);
    this.tell();
    return run;
  }

  /** The state is about to be replaced by a snapshot: what is open now shall be open again. */
  keep(state: WorkspaceState): void {
    for (const threadId of Object.keys(state.windows)) this.wanted.add(threadId);
  }

  /** Fetches the threads that were open and are not in the present state. */
  restore(): void {
    for (const thread of this.host.state()?.threads ?? []) {
      if (!this.wanted.has(thread.id) || thread.messageCount === 0) continue;
      if (this.windowOf(thread.id)?.length) continue;
      // The thread stays empty and `messageCount` says so; the next join, or its reader, asks again.
      this.load(thread.id).catch(() => undefined);
    }
  }

  private async fetch(threadId: string): Promise<boolean> {
    this.wanted.add(threadId);
    for (let tries = 0; tries < TRIES; tries++) {
      const state = this.host.state();
      if (!state) throw new AppError('unavailable', {});
      const thread = state.threads.find((other) => other.id === threadId);
      if (!thread) throw new AppError('not-found', {});
      if (!state.windows[threadId]) this.host.replace(withPage(state, threadId, []), []);
      const first = this.windowOf(threadId)?.[0]?.no;
      if (first === 1 || thread.messageCount === 0) return false;
      const { messages } = await this.wire.request('thread.page', {
        workspaceId: this.workspaceId,
        threadId,
        limit: LIMITS.page,
        ...(first === undefined ? {} : { before: first }),
      });
      if (this.join(threadId, messages)) return (this.windowOf(threadId)?.[0]?.no ?? 1) > 1;
    }
    throw new AppError('unavailable', {});
  }

  /** False: between page and window, or between page and the thread's end, something is missing. */
  private join(threadId: string, page: MessageView[]): boolean {
    const state = this.host.state();
    const window = this.windowOf(threadId);
    const [from, to] = [page[0]?.no, page.at(-1)?.no];
    if (!state || !window || from === undefined || to === undefined) return false;
    const [first, last] = [window[0]?.no, window.at(-1)?.no];
    const end = state.threads.find((thread) => thread.id === threadId)?.messageCount ?? 0;
    const joins = first === undefined || last === undefined ? to >= end : to >= first - 1 && from <= last + 1;
    if (joins) this.host.replace(withPage(state, threadId, page), page);
    return joins;
  }

  private windowOf(threadId: string): MessageView[] | undefined {
    return this.host.state()?.windows[threadId]?.messages;
  }

  private tell(): void {
    this.loading = [...this.running.keys()];
    this.host.changed();
  }
}
