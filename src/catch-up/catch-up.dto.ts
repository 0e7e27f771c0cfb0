import { ArrayMaxSize, IsArray, IsInt, IsOptional, Max, Min } from 'class-validator';
import { LIMITS, type CatchUpRequest, type CatchUpSeen } from '#libs/contracts';
import { Uuid } from '../http/text.decorators.js';

export class CatchUpRequestDto implements CatchUpRequest {
  @Uuid()
  workspaceId: string;
}

export class CatchUpSeenDto implements CatchUpSeen {
  @Uuid()
  workspaceId: string;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  upTo?: number;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(1_000)
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(Number.MAX_SAFE_INTEGER, { each: true })
  seqs?: number[];
}

export class CatchUpOverviewDto {
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(LIMITS.maxPage)
  limit?: number;
}
