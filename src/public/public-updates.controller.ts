import { Body, Controller, Get, HttpCode, Param, Post, Query, UseGuards, UsePipes } from '@nestjs/common';
import { ApiCookieAuth, ApiTags } from '@nestjs/swagger';
import { AppError, type ActorView } from '#libs/contracts';
import type { Receipt } from '#libs/database';
import { CurrentPerson, SessionGuard } from '../auth/auth.module.js';
import { DtoPipe } from '../http/validation.js';
import { QueueQueryDto, ReviewPublicUpdateDto, UpdateIdDto } from './public.dto.js';
import { PublicService, type QueuePage } from './public.service.js';

@ApiTags('public updates')
@ApiCookieAuth()
@UseGuards(SessionGuard)
@UsePipes(DtoPipe)
@Controller('api/public-updates')
export class PublicUpdatesController {
  constructor(private readonly service: PublicService) {}

  /** Sentences that wait for this PPID, the longest waiting first. */
  @Get()
  queue(@CurrentPerson() person: ActorView, @Query() query: QueueQueryDto): Promise<QueuePage> {
    return this.service.queue(person, query.status ?? 'PENDING', query.after);
  }

  /** Publishes a sentence, or gives it back with a reason. */
  @Post(':id/review')
  @HttpCode(200)
  async review(
    @CurrentPerson() person: ActorView,
    @Param() { id }: UpdateIdDto,
    @Body() { updateId, ...wish }: ReviewPublicUpdateDto,
  ): Promise<Receipt> {
    if (updateId !== undefined && updateId !== id) {
      throw new AppError('validation', { fields: [{ field: 'updateId', rule: 'invalid' }] });
    }
    return this.service.review(person, { ...wish, updateId: id });
  }
}
