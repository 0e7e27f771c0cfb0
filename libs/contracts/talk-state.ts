import type { MessageView, PinView, ThreadView } from './discussion.js';
import type { StreamEvent, WorkspaceEventType } from './events.js';
import { LIMITS } from './limits.js';
import { asPosted, changeMessages } from './message-changes.js';
import type { WorkspaceState } from './workspace-state.js';

/** Messages of a thread that were loaded: contiguous by `no`. */
export interface ThreadWindow {
  messages: MessageView[];
}

/** The discussion as far as the first view and what followed show it. */
export type TalkState = Pick<WorkspaceState, 'threads' | 'windows'>;

export type TalkEvent = StreamEvent<Extract<WorkspaceEventType, `message.${string}` | `thread.${string}`>>;

/** The part of the reducer that is about what members say to each other. */
export function applyTalk<S extends TalkState>(state: S, event: TalkEvent): S {
  switch (event.type) {
    case 'thread.opened':
      return withThread(state, event.data.thread);
    case 'thread.resolved': {
      const { threadId, resolved } = event.data;
      return changeThread(state, threadId, (thread) => ({ ...thread, resolved }));
    }
    case 'thread.reopened':
      return changeThread(state, event.data.threadId, (thread) => ({ ...thread, resolved: null }));
    case 'message.posted':
      return withMessage(state, asPosted(event.data.message));
    case 'message.edited':
    case 'message.reacted':
      return inWindow(state, event);
    case 'message.deleted': {
      const { id, threadId } = event.data.message;
      return withPin(inWindow(state, event), threadId, id, null);
    }
    case 'message.pinned': {
      const { threadId, messageId, no, pinned } = event.data;
      return withPin(inWindow(state, event), threadId, messageId, pinned && { messageId, no, ...pinned });
    }
  }
}

/** Puts an older page before a window, or starts the window. Pages and events may overlap; each `no` stays once. */
export function withPage<S extends TalkState>(state: S, threadId: string, page: MessageView[]): S {
  return withWindow(state, threadId, joined(state.windows[threadId]?.messages ?? [], page));
}

/** What is loaded, and those of a page that lie before or behind it. */
export function joined(have: MessageView[], page: MessageView[]): MessageView[] {
  const first = have[0]?.no;
  const last = have.at(-1)?.no;
  if (first === undefined || last === undefined) return page;
  return [...page.filter((m) => m.no < first), ...have, ...page.filter((m) => m.no > last)];
}

function withThread<S extends TalkState>(state: S, opened: ThreadView): S {
  // What an older instance stored knows neither conclusions nor pins.
  const thread: ThreadView = { ...NEW_THREAD, ...opened };
  const others = state.threads.filter((other) => other.id !== thread.id);
  const key = ({ createdAt, id }: ThreadView) => `${createdAt} ${id}`;
  const threads = [...others, thread].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  return withWindow({ ...state, threads: threads.slice(-LIMITS.threadsInSnapshot) }, thread.id, []);
}

const NEW_THREAD = { resolved: null, pins: [] } satisfies Partial<ThreadView>;

function withMessage<S extends TalkState>(before: S, message: MessageView): S {
  const { threadId, no, postedAt } = message;
  const state = changeThread(before, threadId, (thread) => ({
    ...thread,
    messageCount: no,
    lastMessageAt: postedAt,
  }));
  const messages = state.windows[threadId]?.messages;
  const last = messages?.at(-1);
  if (!messages || (last && no <= last.no)) return state;
  return withWindow(state, threadId, [...messages, message]);
}

function inWindow<S extends TalkState>(state: S, event: TalkEvent): S {
  const threadId = 'message' in event.data ? event.data.message.threadId : threadOf(event);
  const messages = state.windows[threadId]?.messages;
  if (!messages) return state;
  const changed = changeMessages(messages, event);
  return changed === messages ? state : withWindow(state, threadId, changed);
}

function threadOf({ data }: TalkEvent): string {
  return 'threadId' in data ? data.threadId : '';
}

function withPin<S extends TalkState>(state: S, threadId: string, messageId: string, pin: PinView | null): S {
  return changeThread(state, threadId, (thread) => {
    const others = thread.pins.filter((other) => other.messageId !== messageId);
    return { ...thread, pins: pin ? [...others, pin].sort((a, b) => a.no - b.no) : others };
  });
}

function changeThread<S extends TalkState>(
  state: S,
  threadId: string,
  change: (thread: ThreadView) => ThreadView,
): S {
  return { ...state, threads: state.threads.map((t) => (t.id === threadId ? change(t) : t)) };
}

function withWindow<S extends TalkState>(state: S, threadId: string, messages: MessageView[]): S {
  return { ...state, windows: { ...state.windows, [threadId]: { messages } } };
}
