import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { LIMITS, type OpenThread, type PostMessage, type ThreadPageRequest } from '#libs/contracts';
import { Text, Uuid } from '../http/text.decorators.js';

export class PostMessageDto implements PostMessage {
  @Uuid()
  workspaceId: string;

  @Uuid()
  commandId: string;

  @Uuid({ optional: true })
  after?: string;

  @Uuid()
  threadId: string;

  @Text({ max: LIMITS.messageBody })
  body: string;

  @Uuid({ optional: true })
  replyTo?: string;
}

export class OpenThreadDto implements OpenThread {
  @Uuid()
  workspaceId: string;

  @Uuid()
  commandId: string;

  @Uuid()
  threadId: string;

  @Text({ max: LIMITS.threadTitle })
  title: string;

  @Uuid({ optional: true })
  aboutMilestoneId?: string;
}

export class ThreadPageRequestDto implements ThreadPageRequest {
  @Uuid()
  workspaceId: string;

  @Uuid()
  threadId: string;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  before?: number;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(LIMITS.maxPage)
  limit?: number;
}
