import { Controller, Get, Param, Query, UseGuards } from '@nestjs/common';
import { ApiCookieAuth, ApiTags } from '@nestjs/swagger';
import type { ActorView, HandoverChain, HandoverPage } from '#libs/contracts';
import { CurrentPerson, SessionGuard } from '../auth/auth.module.js';
import { HandoverIdDto, HandoverPageDto, HoldsPageDto, TaskIdDto } from './handovers.dto.js';
import { HandoversReader } from './handovers-reader.service.js';

@ApiTags('handovers')
@ApiCookieAuth()
@UseGuards(SessionGuard)
@Controller('api/tasks/:id/handovers')
export class HandoversController {
  constructor(private readonly reader: HandoversReader) {}

  /** Pieces of work between the units of a task, those that changed last first. */
  @Get()
  page(
    @CurrentPerson() person: ActorView,
    @Param() { id }: TaskIdDto,
    @Query() { before, limit }: HandoverPageDto,
  ): Promise<HandoverPage> {
    return this.reader.page(person.id, id, before, limit);
  }

  /** Who has had a piece for how long, as it is now. */
  @Get(':handoverId/holds')
  holds(
    @CurrentPerson() person: ActorView,
    @Param() { id, handoverId }: HandoverIdDto,
    @Query() { before, limit }: HoldsPageDto,
  ): Promise<HandoverChain> {
    return this.reader.chain(person.id, id, handoverId, before, limit);
  }
}
