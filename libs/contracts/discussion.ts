import type { ActorView, Instant } from './organization.js';

export const MESSAGE_KINDS = [
  'MESSAGE',
  'DIRECTIVE',
  'DECISION_REQUEST',
  'STATUS_NOTE',
  'ESCALATION',
  'SYSTEM',
] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** "Dicatat", "Setuju", "Terima kasih", "Perlu penjelasan": answers that need no message. */
export const REACTIONS = ['NOTED', 'AGREE', 'THANKS', 'QUESTION'] as const;
export type ReactionCode = (typeof REACTIONS)[number];

export const MENTION_KINDS = ['PERSON', 'OPD', 'TEAM'] as const;
export type MentionKind = (typeof MENTION_KINDS)[number];

/** What a thread can be opened about; most are about the task as a whole. */
export const THREAD_SUBJECTS = ['MILESTONE', 'DECISION', 'STATUS_CHANGE'] as const;
export type ThreadSubject = (typeof THREAD_SUBJECTS)[number];

export interface ThreadView {
  id: string;
  title: string;
  about: { kind: ThreadSubject | 'GENERAL' | 'HANDOVER'; id: string | null };
  createdBy: ActorView;
  createdAt: Instant;
  /** Messages are numbered 1, 2, 3 … within their thread; this is the last number. */
  messageCount: number;
  lastMessageAt: Instant | null;
  /** What came of it, once somebody said so. It may still be written in. */
  resolved: ThreadResolution | null;
  /** Its pinned messages, by number. */
  pins: PinView[];
}

export interface ThreadResolution {
  at: Instant;
  by: ActorView;
  /** One sentence. */
  conclusion: string;
}

export interface PinnedView {
  at: Instant;
  by: ActorView;
}

/** Where a pinned message stands. */
export interface PinView {
  messageId: string;
  no: number;
  at: Instant;
  by: ActorView;
}

export interface MessageView {
  id: string;
  threadId: string;
  /** Place in the thread, from 1 without a hole. */
  no: number;
  author: ActorView;
  kind: MessageKind;
  /** Empty once it is deleted. */
  body: string;
  mentions: MentionView[];
  replyTo: string | null;
  /** Names only, of what was attached elsewhere before an import. */
  attachments: string[];
  postedAt: Instant;
  /** The command that made it: how a sender finds the own optimistic entry again. */
  commandId: string;
  /** How often it was changed, and when last; the former texts are read with `message.edits`. */
  edits: number;
  editedAt: Instant | null;
  deleted: DeletionView | null;
  /** In the order of `REACTIONS`, those that somebody gave. */
  reactions: ReactionView[];
  pinned: PinnedView | null;
}

export interface MentionView {
  kind: MentionKind;
  /** Of the person, the unit, or for the whole team of the task. */
  id: string;
  /** As it was called then. Where the text has an `@` followed by this, the mention is meant. */
  label: string;
}

/** The trace that a deleted message leaves. */
export interface DeletionView {
  at: Instant;
  by: ActorView;
  /** Told by a team lead; authors need none. */
  reason: string | null;
}

export interface ReactionView {
  code: ReactionCode;
  /** In ascending order. */
  personIds: string[];
}

export interface PostMessage {
  workspaceId: string;
  commandId: string;
  /** The sender's command before this one, while that is not yet acknowledged: this one is refused as out of order until that one is done. */
  after?: string;
  threadId: string;
  body: string;
  replyTo?: string;
  mentions?: Mention[];
}

export interface Mention {
  kind: MentionKind;
  id: string;
}

export interface EditMessage {
  workspaceId: string;
  commandId: string;
  messageId: string;
  /** `edits` of the message that the editor had before the eyes. */
  baseEdits: number;
  body: string;
  /** All of them anew. */
  mentions?: Mention[];
}

export interface DeleteMessage {
  workspaceId: string;
  commandId: string;
  messageId: string;
  /** Needed from a team lead; authors who take their own message back in time may leave it out. */
  reason?: string;
}

/** Doing it twice is the same as once. */
export interface ReactToMessage {
  workspaceId: string;
  commandId: string;
  messageId: string;
  code: ReactionCode;
  on: boolean;
}

/** Doing it twice is the same as once. */
export interface PinMessage {
  workspaceId: string;
  commandId: string;
  messageId: string;
  on: boolean;
}

export interface OpenThread {
  workspaceId: string;
  commandId: string;
  /** Made by the client, so that a first message can follow at once. */
  threadId: string;
  title: string;
  about?: ThreadAbout;
}

export interface ThreadAbout {
  kind: ThreadSubject;
  id: string;
}

export interface ResolveThread {
  workspaceId: string;
  commandId: string;
  threadId: string;
  conclusion: string;
}

export interface ReopenThread {
  workspaceId: string;
  commandId: string;
  threadId: string;
}

/** At most one of `before`, `after` and `around`; with none of them, the newest. */
export interface ThreadPageRequest {
  workspaceId: string;
  threadId: string;
  /** Messages numbered below this. */
  before?: number;
  /** Messages numbered above this. */
  after?: number;
  /** About as many before this number as behind it. */
  around?: number;
  limit?: number;
}

/** `messages` ascending by `no`, contiguous. */
export interface ThreadPage {
  threadId: string;
  messages: MessageView[];
  messageCount: number;
}

/** The pinned messages of a thread, by number. */
export interface ThreadPinsRequest {
  workspaceId: string;
  threadId: string;
}

export interface ThreadPins {
  threadId: string;
  messages: MessageView[];
}

export interface MessageEditsRequest {
  workspaceId: string;
  messageId: string;
}

/** The texts a message had before its present one, oldest first; empty ones of a message that is deleted. */
export interface MessageEdits {
  messageId: string;
  texts: FormerText[];
}

export interface FormerText {
  body: string;
  /** Since when it was so. */
  since: Instant;
}

/** What a person is called in a text, after `@`: the name without the titles behind it. */
export function mentionLabel(name: string): string {
  return (name.split(',')[0] ?? name).trim();
}

/** What the whole team is called there. */
export const TEAM_LABEL = 'tim';
