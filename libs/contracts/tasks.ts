import type { ActorView, Day, Instant, OpdRef, TeamRole } from './organization.js';

export const TASK_STATUSES = [
  'DRAFT',
  'PROPOSED',
  'ASSIGNED',
  'IN_PROGRESS',
  'BLOCKED',
  'AWAITING_DECISION',
  'ON_HOLD',
  'IN_VERIFICATION',
  'COMPLETED',
  'CANCELLED',
  'ARCHIVED',
] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];

export const MILESTONE_STATUSES = [
  'NOT_STARTED',
  'IN_PROGRESS',
  'DONE',
  'STOPPED',
  'VERIFIED',
  'PARTLY_DONE',
  'RETURNED',
  'REOPENED',
] as const;
export type MilestoneStatus = (typeof MILESTONE_STATUSES)[number];

export type Acceptance = 'NOT_REQUESTED' | 'PENDING' | 'ACCEPTED' | 'DECLINED';
export type Confidentiality = 'PUBLIC' | 'LIMITED' | 'PERSONAL_DATA';
export type Priority = 'HIGH' | 'MEDIUM' | 'LOW';

export interface AssignmentLetter {
  kind: string;
  number: string;
  date: Day;
}

/** A task; its id is also the id of its workspace and of the workspace's numbered stream. */
export interface TaskView {
  id: string;
  code: string;
  title: string;
  description: string;
  category: string;
  priority: Priority;
  priorityProgram: string | null;
  confidentiality: Confidentiality;
  status: TaskStatus;
  statusSince: Instant;
  coordinatingOpd: OpdRef;
  steering: ActorView | null;
  teamLead: ActorView | null;
  locations: string[];
  externalPartners: string[];
  assignmentLetter: AssignmentLetter | null;
  startDate: Day | null;
  dueDate: Day | null;
  /** Stays visible when the due date is moved. */
  originalDueDate: Day | null;
  published: boolean;
}

export interface TaskOpdView {
  opd: OpdRef;
  /** What the unit does here, in words; the coordinating unit has its own row with `coordinating` true. */
  role: string;
  coordinating: boolean;
  acceptance: Acceptance;
  answeredAt: Instant | null;
  reason: string | null;
}

export interface MemberView {
  person: ActorView;
  opdId: string;
  teamRole: TeamRole;
  mode: 'APPOINTED' | 'VOLUNTEERED';
  /** The last day in the team; null: as long as the task. */
  until: Day | null;
}

export interface MilestoneView {
  id: string;
  title: string;
  position: number;
  opd: OpdRef;
  dueDate: Day | null;
  status: MilestoneStatus;
  completedOn: Day | null;
  /** The last one that was written. */
  note: string | null;
  /** Citizens see its title, its dates and whether it is done. */
  public: boolean;
  /** The milestone that should be done before this one. */
  after: string | null;
}

/** What a milestone was planned to be. */
export interface FormerPlan {
  title: string;
  opd: OpdRef;
  dueDate: Day | null;
  after: string | null;
}

export interface StatusChangeView {
  id: string;
  from: TaskStatus | null;
  to: TaskStatus;
  at: Instant;
  by: ActorView;
  note: string;
}

/** What stands at the top of a workspace: how things are, in a few sentences. */
export interface SummaryView {
  /** Counts from 1. */
  version: number;
  body: string;
  by: ActorView;
  at: Instant;
}

/** As those see it who may not read what was said: that it was written, by whom and when. */
export function withoutSummaryWords(summary: SummaryView): SummaryView {
  return { ...summary, body: '' };
}

export interface WriteSummary {
  workspaceId: string;
  commandId: string;
  /** The version that this one was written from; 0: there was none. */
  base: number;
  body: string;
}

export interface ChangeTaskStatus {
  workspaceId: string;
  commandId: string;
  to: TaskStatus;
  /** Every change needs a note; for BLOCKED, ON_HOLD, CANCELLED and returns it is the reason. */
  note: string;
  /** For published tasks on BLOCKED, ON_HOLD and CANCELLED: what citizens are told; it waits for the PPID. */
  publicSentence?: string;
  /** For ASSIGNED: the letter that assigns; when it is not there yet the task is assigned without. */
  letter?: AssignmentLetter;
}

/**
 * What a milestone is planned to be: one more behind the others, whose id its author makes, or another plan for one that
 * is there; how far it is stays as it is.
 */
export interface PlanMilestone {
  workspaceId: string;
  commandId: string;
  milestoneId: string;
  title: string;
  /** A unit that takes part. */
  opdId: string;
  /** Absent: none. */
  dueDate?: Day;
  /** Absent: it waits for no other. */
  after?: string;
}

/** Puts a milestone at another place in the order, 1 for the first. */
export interface MoveMilestone {
  workspaceId: string;
  commandId: string;
  milestoneId: string;
  place: number;
}

/** One more unit, or one that declined once more. */
export interface AskOpd {
  workspaceId: string;
  commandId: string;
  opdId: string;
  /** What it is wanted for, in words. */
  role?: string;
}

export interface AnswerOpd {
  workspaceId: string;
  commandId: string;
  opdId: string;
  answer: Extract<Acceptance, 'ACCEPTED' | 'DECLINED'>;
  /** Owed with DECLINED. */
  reason?: string;
}

/** By the head of the unit, for somebody of the unit. */
export interface AppointMember {
  workspaceId: string;
  commandId: string;
  personId: string;
  opdId: string;
  /** A lead is of the coordinating unit. */
  teamRole: TeamRole;
  mode: MemberView['mode'];
  /** From today on, within a year. */
  until: Day;
}

export interface RemoveMember {
  workspaceId: string;
  commandId: string;
  personId: string;
  reason: string;
}

/** A draft, by its four questions: what comes of it, who leads, which units take part, when it is done. */
export interface CreateTask {
  /** The new task's id, made by its author. */
  workspaceId: string;
  commandId: string;
  title: string;
  description?: string;
  coordinatingOpdId: string;
  /** Of the coordinating unit; absent: its head says later. */
  teamLeadId?: string;
  /** In the order in which they are shown. */
  supportingOpdIds: string[];
  /** From today on, within a year. */
  dueDate: Day;
}

export interface ChangeMilestone {
  workspaceId: string;
  commandId: string;
  milestoneId: string;
  status: Extract<MilestoneStatus, 'NOT_STARTED' | 'IN_PROGRESS' | 'DONE' | 'STOPPED'>;
  note?: string;
  /** Whether citizens see its title and its dates; the team lead decides. Absent: as it is. */
  public?: boolean;
}
