import { IsInt, Max, Min } from 'class-validator';
import type { MarksRequest, MarkUnread, ReadThread } from '#libs/contracts';
import { Uuid } from '../http/text.decorators.js';

const MAX_INT = 2_147_483_647;

export class MarksRequestDto implements MarksRequest {
  @Uuid()
  workspaceId: string;
}

class ThreadDto {
  @Uuid()
  workspaceId: string;

  @Uuid()
  threadId: string;
}

export class ReadThreadDto extends ThreadDto implements ReadThread {
  @IsInt()
  @Min(0)
  @Max(MAX_INT)
  upTo: number;

  @IsInt()
  @Min(0)
  @Max(MAX_INT)
  version: number;
}

export class MarkUnreadDto extends ThreadDto implements MarkUnread {
  @IsInt()
  @Min(1)
  @Max(MAX_INT)
  from: number;
}
