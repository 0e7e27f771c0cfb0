import { Type } from 'class-transformer';
import { IsIn, IsInt, IsObject, IsOptional, Matches, Max, Min, ValidateNested } from 'class-validator';
import {
  FOLLOW_LEVELS,
  INBOX_STATES,
  LIMITS,
  type ClearInfo,
  type FollowLevel,
  type FollowRequest,
  type InboxPlace,
  type InboxRequest,
  type InboxState,
  type SetFollow,
  type SetInboxRow,
  type Topic,
} from '#libs/contracts';
import { Moment, Uuid } from '../http/text.decorators.js';

const TOPIC =
  /^(task|files|(thread|decision|handover|milestone|opd|public-update):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

class BeforeDto implements InboxPlace {
  @Moment()
  at: string;

  @Uuid()
  taskId: string;

  @Matches(TOPIC)
  topic: Topic;
}

export class InboxRequestDto implements InboxRequest {
  @IsIn(INBOX_STATES)
  state: InboxState;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => BeforeDto)
  before?: BeforeDto;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(LIMITS.maxPage)
  limit?: number;
}

export class SetInboxRowDto implements SetInboxRow {
  @Uuid()
  taskId: string;

  @Matches(TOPIC)
  topic: Topic;

  @IsIn(INBOX_STATES)
  state: InboxState;

  @Moment({ optional: true })
  until?: string;
}

export class ClearInfoDto implements ClearInfo {
  @Moment()
  upTo: string;
}

export class FollowRequestDto implements FollowRequest {
  @Uuid()
  workspaceId: string;
}

export class SetFollowDto implements SetFollow {
  @Uuid()
  workspaceId: string;

  @IsIn(FOLLOW_LEVELS)
  level: FollowLevel;
}
