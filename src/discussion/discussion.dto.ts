import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import {
  LIMITS,
  MENTION_KINDS,
  REACTIONS,
  THREAD_SUBJECTS,
  type DeleteMessage,
  type EditMessage,
  type Mention,
  type MentionKind,
  type MessageEditsRequest,
  type OpenThread,
  type PinMessage,
  type PostMessage,
  type ReactionCode,
  type ReactToMessage,
  type ReopenThread,
  type ResolveThread,
  type ThreadAbout,
  type ThreadPageRequest,
  type ThreadPinsRequest,
  type ThreadSubject,
} from '#libs/contracts';
import { Text, Uuid } from '../http/text.decorators.js';

/** The largest number a message can have. */
const MAX_NO = 2_147_483_647;

class CommandDto {
  @Uuid()
  workspaceId: string;

  @Uuid()
  commandId: string;
}

export class MentionDto implements Mention {
  @IsIn(MENTION_KINDS)
  kind: MentionKind;

  @Uuid()
  id: string;
}

export class PostMessageDto extends CommandDto implements PostMessage {
  @Uuid({ optional: true })
  after?: string;

  @Uuid()
  threadId: string;

  @Text({ max: LIMITS.messageBody })
  body: string;

  @Uuid({ optional: true })
  replyTo?: string;

  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => MentionDto)
  @ArrayMaxSize(LIMITS.mentions)
  @IsArray()
  mentions?: MentionDto[];
}

class MessageCommandDto extends CommandDto {
  @Uuid()
  messageId: string;
}

export class EditMessageDto extends MessageCommandDto implements EditMessage {
  @IsInt()
  @Min(0)
  @Max(MAX_NO)
  baseEdits: number;

  @Text({ max: LIMITS.messageBody })
  body: string;

  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => MentionDto)
  @ArrayMaxSize(LIMITS.mentions)
  @IsArray()
  mentions?: MentionDto[];
}

export class DeleteMessageDto extends MessageCommandDto implements DeleteMessage {
  @Text({ max: LIMITS.note, optional: true })
  reason?: string;
}

export class ReactToMessageDto extends MessageCommandDto implements ReactToMessage {
  @IsIn(REACTIONS)
  code: ReactionCode;

  @IsBoolean()
  on: boolean;
}

export class PinMessageDto extends MessageCommandDto implements PinMessage {
  @IsBoolean()
  on: boolean;
}

export class ThreadAboutDto implements ThreadAbout {
  @IsIn(THREAD_SUBJECTS)
  kind: ThreadSubject;

  @Uuid()
  id: string;
}

export class OpenThreadDto extends CommandDto implements OpenThread {
  @Uuid()
  threadId: string;

  @Text({ max: LIMITS.threadTitle })
  title: string;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => ThreadAboutDto)
  about?: ThreadAboutDto;
}

export class ResolveThreadDto extends CommandDto implements ResolveThread {
  @Uuid()
  threadId: string;

  @Text({ max: LIMITS.conclusion })
  conclusion: string;
}

export class ReopenThreadDto extends CommandDto implements ReopenThread {
  @Uuid()
  threadId: string;
}

export class ThreadPinsRequestDto implements ThreadPinsRequest {
  @Uuid()
  workspaceId: string;

  @Uuid()
  threadId: string;
}

export class ThreadPageRequestDto extends ThreadPinsRequestDto implements ThreadPageRequest {
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_NO)
  before?: number;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MAX_NO)
  after?: number;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_NO)
  around?: number;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(LIMITS.maxPage)
  limit?: number;
}

export class MessageEditsRequestDto implements MessageEditsRequest {
  @Uuid()
  workspaceId: string;

  @Uuid()
  messageId: string;
}
