import { Type } from 'class-transformer';
import { IsInt, IsObject, IsOptional, Max, Min, ValidateNested } from 'class-validator';
import { LIMITS, type Cursor, type HistoryRequest, type JoinWorkspace } from '#libs/contracts';
import { Uuid } from '../http/text.decorators.js';

export class CursorDto implements Cursor {
  @Uuid()
  epoch: string;

  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  seq: number;
}

export class JoinWorkspaceDto implements JoinWorkspace {
  @Uuid()
  workspaceId: string;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => CursorDto)
  since?: CursorDto;
}

export class WorkspaceIdDto {
  @Uuid()
  workspaceId: string;
}

export class TypingDto extends WorkspaceIdDto {
  @Uuid()
  threadId: string;
}

export class HistoryRequestDto extends WorkspaceIdDto implements HistoryRequest {
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  before?: number;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(LIMITS.maxPage)
  limit?: number;
}
