import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import {
  HANDOVER_STEPS,
  LIMITS,
  type HandoverStep,
  type MoveHandover,
  type OpenHandover,
} from '#libs/contracts';
import { Day, Text, Uuid } from '../http/text.decorators.js';

class HandoverWish {
  @Uuid()
  workspaceId: string;

  @Uuid()
  commandId: string;

  @Uuid()
  handoverId: string;
}

export class OpenHandoverDto extends HandoverWish implements OpenHandover {
  @Text({ max: LIMITS.handoverTitle })
  title: string;

  @Text({ max: LIMITS.handoverWhat })
  what: string;

  @Day()
  dueDate: string;

  @Uuid()
  fromOpdId: string;

  @Uuid()
  toOpdId: string;
}

export class MoveHandoverDto extends HandoverWish implements MoveHandover {
  @IsIn(HANDOVER_STEPS)
  step: HandoverStep;

  @Text({ max: LIMITS.note, optional: true })
  note?: string;

  @Uuid({ optional: true })
  toOpdId?: string;
}

export class TaskIdDto {
  @Uuid()
  id: string;
}

export class HandoverIdDto extends TaskIdDto {
  @Uuid()
  handoverId: string;
}

class PageDto {
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(LIMITS.maxPage)
  limit?: number;
}

export class HandoverPageDto extends PageDto {
  /** The last piece of the page before. */
  @Uuid({ optional: true })
  before?: string;
}

export class HoldsPageDto extends PageDto {
  /** Holds with a lower number. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  before?: number;
}
