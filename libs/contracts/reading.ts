/**
 * How far a person has read in a thread: one mark for all tabs and devices. Unread are the messages above it that are
 * somebody else's and not deleted.
 */
export interface MarkView {
  workspaceId: string;
  threadId: string;
  /** Everything up to this number was on the person's screen, or was said before they came. Only grows. */
  upTo: number;
  /** "Tandai belum dibaca": from this number on it counts as unread all the same. */
  unreadFrom: number | null;
  /** Grows with every change of the two above; of two marks the one with the higher version holds. */
  version: number;
  /** How many messages were unread when the workspace's history stood at `asOf`; what came after counts on top. */
  unread: number;
  /** Number in the workspace's history. */
  asOf: number;
}

/** Marks of one's own in a workspace: of its newest threads, read or not. */
export interface MarksRequest {
  workspaceId: string;
}
export interface Marks {
  marks: MarkView[];
}

/** Messages up to a number were on the screen. Any number of times, in any order. */
export interface ReadThread {
  workspaceId: string;
  threadId: string;
  upTo: number;
  /** Of the mark that the reader saw: a "belum dibaca" that was set later, on another device, stays. */
  version: number;
}

export interface MarkAnswer {
  mark: MarkView;
}

export interface MarkUnread {
  workspaceId: string;
  threadId: string;
  /** The first message that shall count as unread again. */
  from: number;
}

/** The message from which on a thread is unread, whether there is such a message yet or not. */
export function firstUnread({ upTo, unreadFrom }: Pick<MarkView, 'upTo' | 'unreadFrom'>): number {
  return unreadFrom === null ? upTo + 1 : Math.min(unreadFrom, upTo + 1);
}
