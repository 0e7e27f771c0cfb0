import { DecisionRequest } from './decision-request.entity.js';
import { Handover, HandoverHoldRow } from './handover.entity.js';
import { Milestone } from './milestone.entity.js';
import { StatusChange } from './status-change.entity.js';
import { TaskOpd } from './task-opd.entity.js';
import { TaskSummary } from './task-summary.entity.js';
import { Task } from './task.entity.js';
import { WorkTeamMember } from './work-team-member.entity.js';

export const TASK_ENTITIES = [
  Task,
  TaskOpd,
  WorkTeamMember,
  StatusChange,
  Milestone,
  DecisionRequest,
  Handover,
  HandoverHoldRow,
  TaskSummary,
];
