import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsUUID, Max, Min, ValidateNested } from 'class-validator';
import { LIMITS, type Cursor, type HistoryRequest, type JoinWorkspace } from '#libs/contracts';

export class CursorDto implements Cursor {
  @IsUUID()
  epoch: string;

  @IsInt()
  @Min(0)
  seq: number;
}

export class JoinWorkspaceDto implements JoinWorkspace {
  @IsUUID()
  workspaceId: string;

  @IsOptional()
  @ValidateNested()
  @Type(() => CursorDto)
  since?: CursorDto;
}

export class WorkspaceIdDto {
  @IsUUID()
  workspaceId: string;
}

export class TypingDto extends WorkspaceIdDto {
  @IsUUID()
  threadId: string;
}

export class HistoryRequestDto extends WorkspaceIdDto implements HistoryRequest {
  @IsOptional()
  @IsInt()
  @Min(1)
  before?: number;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(LIMITS.maxPage)
  limit?: number;
}
