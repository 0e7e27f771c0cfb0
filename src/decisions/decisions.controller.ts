import { Controller, Get, Param, UseGuards } from '@nestjs/common';
import { ApiCookieAuth, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { ActorView, DeciderChoice } from '#libs/contracts';
import { CurrentPerson, SessionGuard } from '../auth/auth.module.js';
import { Uuid } from '../http/text.decorators.js';
import { DecidingPosts } from './posts.service.js';

class TaskIdDto {
  @Uuid()
  id: string;
}

@ApiTags('decisions')
@ApiCookieAuth()
@UseGuards(SessionGuard)
@Controller('api/tasks')
export class DecisionsController {
  constructor(
    private readonly source: DataSource,
    private readonly posts: DecidingPosts,
  ) {}

  /** Posts that can be asked for a decision in this task, from the nearest to the highest, with who holds them today. */
  @Get(':id/deciders')
  deciders(@CurrentPerson() person: ActorView, @Param() { id }: TaskIdDto): Promise<DeciderChoice[]> {
    return this.posts.choices(person.id, id, this.source.manager);
  }
}
