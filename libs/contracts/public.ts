import type { ActorView, Day, Instant } from './organization.js';

export type PublicUpdateStatus = 'PENDING' | 'APPROVED' | 'RETURNED';

/** A sentence for citizens, as the workspace and the PPID see it. */
export interface PublicUpdateView {
  id: string;
  taskId: string;
  body: string;
  status: PublicUpdateStatus;
  draftedBy: ActorView;
  draftedAt: Instant;
  reviewedBy: ActorView | null;
  reviewedAt: Instant | null;
  /** Why it was returned. */
  reason: string | null;
}

export interface DraftPublicUpdate {
  workspaceId: string;
  commandId: string;
  body: string;
}

export interface ReviewPublicUpdate {
  commandId: string;
  updateId: string;
  verdict: 'APPROVED' | 'RETURNED';
  /** Needed for RETURNED. */
  reason?: string;
}

/** Where citizens find a task. */
export interface PublicAddress {
  path: string | null;
}

export interface PublicQueueItem {
  update: PublicUpdateView;
  taskTitle: string;
  opd: string;
  publicPath: string | null;
}

/**
 * All a citizen's page is made of. Built field by field from what was published;
 * nothing internal (names of staff, NIP, messages, drafts) has a field here.
 */
export interface PublicPageView {
  /** Random; the stream id of the page. */
  id: string;
  /** Short random word of the address; the slug before it is decoration. */
  address: string;
  slug: string;
  title: string;
  summary: string;
  category: string;
  priorityProgram: string | null;
  locations: string[];
  /** A `PublicLabel`, or the word of another version of the vocabulary. */
  statusLabel: string;
  statusSince: Instant;
  coordinatingOpd: { name: string; abbreviation: string };
  supportingOpds: { name: string; abbreviation: string }[];
  startDate: Day | null;
  dueDate: Day | null;
  originalDueDate: Day | null;
  milestones: { title: string; dueDate: Day | null; done: boolean; completedOn: Day | null }[];
  updates: { id: string; at: Instant; body: string }[];
  questions: {
    id: string;
    askedAt: Instant;
    kelurahan: string;
    text: string;
    answer: { body: string; opd: string; at: Instant } | null;
  }[];
  updatedAt: Instant;
}
