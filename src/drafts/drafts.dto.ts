import { ArrayMaxSize, ArrayUnique, IsArray } from 'class-validator';
import { LIMITS, type CreateTask } from '#libs/contracts';
import { Day, Text, Uuid, Uuids } from '../http/text.decorators.js';

export class CreateTaskDto implements CreateTask {
  @Uuid()
  workspaceId: string;

  @Uuid()
  commandId: string;

  @Text({ max: LIMITS.taskTitle })
  title: string;

  @Text({ max: LIMITS.taskDescription, optional: true })
  description?: string;

  @Uuid()
  coordinatingOpdId: string;

  @Uuid({ optional: true })
  teamLeadId?: string;

  @IsArray()
  @ArrayMaxSize(LIMITS.supportingOpds)
  @ArrayUnique()
  @Uuids()
  supportingOpdIds: string[];

  @Day()
  dueDate: string;
}
