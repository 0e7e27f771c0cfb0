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

export interface ThreadView {
  id: string;
  title: string;
  about: { kind: 'GENERAL' | 'MILESTONE' | 'DECISION' | 'HANDOVER'; id: string | null };
  createdBy: ActorView;
  createdAt: Instant;
  /** Messages are numbered 1, 2, 3 … within their thread; this is the last number. */
  messageCount: number;
  lastMessageAt: Instant | null;
}

export interface MessageView {
  id: string;
  threadId: string;
  /** Place in the thread, from 1 without a hole. */
  no: number;
  author: ActorView;
  kind: MessageKind;
  body: string;
  replyTo: string | null;
  /** Names only; files come with their own feature. */
  attachments: string[];
  postedAt: Instant;
  /** The command that made it: how a sender finds the own optimistic entry again. */
  commandId: string;
}

export interface PostMessage {
  workspaceId: string;
  commandId: string;
  /** The sender's command before this one, while that is not yet acknowledged: this one is refused as out of order until that one is done. */
  after?: string;
  threadId: string;
  body: string;
  replyTo?: string;
}

export interface OpenThread {
  workspaceId: string;
  commandId: string;
  /** Made by the client, so that a first message can follow at once. */
  threadId: string;
  title: string;
  aboutMilestoneId?: string;
}

export interface ThreadPageRequest {
  workspaceId: string;
  threadId: string;
  /** Messages numbered below this; absent: the newest. */
  before?: number;
  limit?: number;
}

/** `messages` ascending by `no`, contiguous. */
export interface ThreadPage {
  threadId: string;
  messages: MessageView[];
  messageCount: number;
}
