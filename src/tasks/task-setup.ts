import type {
  Acceptance,
  AssignmentLetter,
  Confidentiality,
  Day,
  DecisionStatus,
  MemberView,
  MilestoneStatus,
  Priority,
  TeamRole,
} from '#libs/contracts';

/** Wishes that set a task up. Ids are the caller's, so that the same wish again is the same. */
interface Wish {
  commandId: string;
  taskId: string;
}

export interface NewTask extends Wish {
  code: string;
  title: string;
  description: string;
  category: string;
  priority: Priority;
  priorityProgram: string | null;
  confidentiality: Confidentiality;
  coordinatingOpdId: string;
  /** What the coordinating unit does here, in words. */
  coordinatingRole: string;
  supportingOpds: { opdId: string; role: string }[];
  steeringId: string | null;
  locations: string[];
  externalPartners: string[];
  assignmentLetter: AssignmentLetter | null;
  startDate: Day | null;
  dueDate: Day | null;
  /** The note of the first entry of the status history. */
  note: string;
}

/** What may be changed later; what is absent stays. The original due date always stays. */
export interface TaskUpdate extends Wish {
  title?: string;
  description?: string;
  steeringId?: string | null;
  assignmentLetter?: AssignmentLetter | null;
  dueDate?: Day | null;
  published?: boolean;
}

export interface NewTaskOpd extends Wish {
  opdId: string;
  role: string;
}

export interface OpdAnswer extends Wish {
  opdId: string;
  acceptance: Acceptance;
  reason?: string | null;
}

export interface NewMember extends Wish {
  personId: string;
  opdId: string;
  teamRole: TeamRole;
  mode: MemberView['mode'];
  /** Absent: as long as the task. */
  until?: Day | null;
}

export interface RemovedMember extends Wish {
  personId: string;
  reason: string;
}

export interface NewMilestone extends Wish {
  milestoneId: string;
  title: string;
  opdId: string;
  dueDate: Day | null;
  status?: MilestoneStatus;
  completedOn?: Day | null;
  note?: string | null;
  public?: boolean;
  after?: string | null;
}

export interface NewDecision extends Wish {
  decisionId: string;
  title: string;
  question: string;
  options: string[];
  deciderId: string;
  dueDate: Day | null;
}

export interface DecisionAnswer extends Wish {
  decisionId: string;
  status: Extract<DecisionStatus, 'APPROVED' | 'REJECTED' | 'WITHDRAWN'>;
  decision: string | null;
  basis: string | null;
}
