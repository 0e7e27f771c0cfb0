import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, Max, Min, ValidateNested } from 'class-validator';
import {
  LIMITS,
  TASK_STATUSES,
  type PlanMilestone,
  type AssignmentLetter,
  type ChangeMilestone,
  type ChangeTaskStatus,
  type MoveMilestone,
  type TaskStatus,
  type WriteSummary,
} from '#libs/contracts';
import { Day, Text, Uuid } from '../http/text.decorators.js';

const TICKS = [
  'NOT_STARTED',
  'IN_PROGRESS',
  'DONE',
  'STOPPED',
] as const satisfies readonly ChangeMilestone['status'][];

export class AssignmentLetterDto implements AssignmentLetter {
  @Text({ max: LIMITS.letterKind })
  kind: string;

  @Text({ max: LIMITS.letterNumber })
  number: string;

  @Day()
  date: string;
}

/** A missing note is not the form's affair: the service says for which status it is owed. */
export class ChangeTaskStatusDto implements Omit<ChangeTaskStatus, 'note'> {
  @Uuid()
  workspaceId: string;

  @Uuid()
  commandId: string;

  @IsIn(TASK_STATUSES)
  to: TaskStatus;

  @Text({ max: LIMITS.note, optional: true })
  note?: string;

  @Text({ max: LIMITS.publicUpdateBody, optional: true })
  publicSentence?: string;

  @IsOptional()
  @ValidateNested()
  @Type(() => AssignmentLetterDto)
  letter?: AssignmentLetterDto;
}

export class ChangeMilestoneDto implements ChangeMilestone {
  @Uuid()
  workspaceId: string;

  @Uuid()
  commandId: string;

  @Uuid()
  milestoneId: string;

  @IsIn(TICKS)
  status: ChangeMilestone['status'];

  @Text({ max: LIMITS.note, optional: true })
  note?: string;

  @IsOptional()
  @IsBoolean()
  public?: boolean;
}

export class MilestonePlanDto implements PlanMilestone {
  @Uuid()
  workspaceId: string;

  @Uuid()
  commandId: string;

  @Uuid()
  milestoneId: string;

  @Text({ max: LIMITS.milestoneTitle })
  title: string;

  @Uuid()
  opdId: string;

  @Day({ optional: true })
  dueDate?: string;

  @Uuid({ optional: true })
  after?: string;
}

export class MoveMilestoneDto implements MoveMilestone {
  @Uuid()
  workspaceId: string;

  @Uuid()
  commandId: string;

  @Uuid()
  milestoneId: string;

  @IsInt()
  @Min(1)
  @Max(LIMITS.milestones)
  place: number;
}

export class WriteSummaryDto implements WriteSummary {
  @Uuid()
  workspaceId: string;

  @Uuid()
  commandId: string;

  @IsInt()
  @Min(0)
  base: number;

  @Text({ max: LIMITS.summary })
  body: string;
}
