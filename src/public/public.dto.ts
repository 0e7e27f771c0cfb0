import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import {
  LIMITS,
  type DraftPublicUpdate,
  type PublicUpdateStatus,
  type ReviewPublicUpdate,
} from '#libs/contracts';
import { Text, Uuid } from '../http/text.decorators.js';

export class DraftPublicUpdateDto implements DraftPublicUpdate {
  @Uuid() workspaceId: string;
  @Uuid() commandId: string;
  @Text({ max: LIMITS.publicUpdateBody }) body: string;
}

export class WorkspaceIdDto {
  @Uuid() workspaceId: string;
}

export class UpdateIdDto {
  @Uuid() id: string;
}

const VERDICTS = ['APPROVED', 'RETURNED'] as const;

export class ReviewPublicUpdateDto implements Omit<ReviewPublicUpdate, 'updateId'> {
  @Uuid() commandId: string;

  /** As in the address; may be left out. */
  @Uuid({ optional: true }) updateId?: string;

  @ApiProperty({ enum: VERDICTS })
  @IsIn(VERDICTS)
  verdict: (typeof VERDICTS)[number];

  /** Needed when the sentence is returned. */
  @Text({ max: LIMITS.note, optional: true }) reason?: string;
}

const STATUSES = ['PENDING', 'APPROVED', 'RETURNED'] as const satisfies readonly PublicUpdateStatus[];

export class QueueQueryDto {
  @ApiProperty({ enum: STATUSES, required: false, default: 'PENDING' })
  @IsOptional()
  @IsIn(STATUSES)
  status?: PublicUpdateStatus;

  /** `next` of the page before. */
  @ApiProperty({ required: false })
  @IsOptional()
  @Matches(/^[0-9TZ:.a-f_-]{1,80}$/)
  after?: string;
}
