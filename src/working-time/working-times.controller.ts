import { Body, Controller, Get, HttpCode, Param, Post, Query, UseGuards, UsePipes } from '@nestjs/common';
import { ApiCookieAuth, ApiTags } from '@nestjs/swagger';
import type { ActorView, WorkingTimeView } from '#libs/contracts';
import { CurrentPerson, SessionGuard } from '../auth/auth.module.js';
import { DtoPipe } from '../http/validation.js';
import { WorkingTimeChanges } from './working-time-changes.js';
import {
  AddWorkingTimeDto,
  EndWorkingTimeDto,
  WorkingTimeIdDto,
  WorkingTimesQueryDto,
} from './working-time.dto.js';

/** Working hours of the city and of units that have their own. For system administrators. */
@ApiTags('working times')
@ApiCookieAuth()
@UseGuards(SessionGuard)
@UsePipes(DtoPipe)
@Controller('api/working-times')
export class WorkingTimesController {
  constructor(private readonly changes: WorkingTimeChanges) {}

  /** All rules, those of the city first, also ended ones. */
  @Get()
  list(
    @CurrentPerson() person: ActorView,
    @Query() { opdId }: WorkingTimesQueryDto,
  ): Promise<WorkingTimeView[]> {
    return this.changes.list(person, opdId);
  }

  /** Adds hours that begin tomorrow or later. */
  @Post()
  add(
    @CurrentPerson() person: ActorView,
    @Body() { opdId, validTo, ...rule }: AddWorkingTimeDto,
  ): Promise<WorkingTimeView> {
    return this.changes.add(person, { ...rule, opdId: opdId ?? null, validTo: validTo ?? null });
  }

  /** Ends hours that hold, or withdraws those that have not begun. */
  @Post(':id/end')
  @HttpCode(204)
  async end(
    @CurrentPerson() person: ActorView,
    @Param() { id }: WorkingTimeIdDto,
    @Body() { lastDay }: EndWorkingTimeDto,
  ): Promise<void> {
    await this.changes.end(person, id, lastDay);
  }
}
