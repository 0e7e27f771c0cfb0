import { ApiProperty } from '@nestjs/swagger';
import { Transform, type TransformFnParams } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsBoolean, IsIn, ValidateBy } from 'class-validator';
import {
  formatHours,
  parseHours,
  WORK_PATTERNS,
  WORKING_TIME_KINDS,
  type WorkingTimeKind,
  type WorkPattern,
} from '#libs/contracts';
import { Day, Uuid } from '../http/text.decorators.js';

export class AddWorkingTimeDto {
  /** Made by the client: the same one again changes nothing. */
  @Uuid()
  id: string;

  /** The unit; absent for the city. */
  @Uuid({ optional: true })
  opdId?: string;

  @IsIn(WORKING_TIME_KINDS)
  @ApiProperty({ enum: WORKING_TIME_KINDS })
  kind: WorkingTimeKind;

  @IsIn(WORK_PATTERNS)
  @ApiProperty({ enum: WORK_PATTERNS })
  pattern: WorkPattern;

  /** Tomorrow at the earliest. */
  @Day()
  validFrom: string;

  /** Absent: until it is ended. */
  @Day({ optional: true })
  validTo?: string;

  /** Monday to Sunday, each like `07:15-12:00, 13:00-16:00`; empty is a free day. */
  @Transform(({ value }: TransformFnParams): unknown =>
    Array.isArray(value) ? value.map(asWritten) : (value as unknown),
  )
  @ValidateBy({
    name: 'hours',
    validator: { validate: (value) => Array.isArray(value) && value.every(isHours) },
  })
  @ArrayMinSize(7)
  @ArrayMaxSize(7)
  @ApiProperty({ type: [String], minItems: 7, maxItems: 7 })
  hours: string[];

  @IsBoolean()
  @ApiProperty()
  worksOnHolidays: boolean;

  @IsBoolean()
  @ApiProperty()
  worksOnJointLeave: boolean;
}

export class WorkingTimeIdDto {
  @Uuid()
  id: string;
}

export class WorkingTimesQueryDto {
  /** With it, the rules of this unit and of the city. */
  @Uuid({ optional: true })
  opdId?: string;
}

export class EndWorkingTimeDto {
  /** The last day it holds: today or later. A day before its first withdraws what has not begun. */
  @Day()
  lastDay: string;
}

function isHours(value: unknown): boolean {
  return typeof value === 'string' && parseHours(value) !== null;
}

/** One way of writing; what cannot be read stays as it came and is refused. */
function asWritten(value: unknown): unknown {
  const spans = typeof value === 'string' ? parseHours(value) : null;
  return spans ? formatHours(spans) : value;
}
