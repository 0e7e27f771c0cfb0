import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { OrganizationModule } from '../organization/organization.module.js';
import { TasksModule } from '../tasks/tasks.module.js';
import { Timers } from '../timers/timers.service.js';
import { TimersModule } from '../timers/timers.module.js';
import { DecidingService } from './deciding.service.js';
import { DECISION_EFFECT, DecisionEffects } from './decision-effects.service.js';
import { DecisionsController } from './decisions.controller.js';
import { DecisionsGateway } from './decisions.gateway.js';
import { DecidingPosts } from './posts.service.js';

@Module({
  imports: [AccessModule, OrganizationModule, TasksModule, TimersModule],
  controllers: [DecisionsController],
  providers: [DecidingService, DecidingPosts, DecisionEffects, DecisionsGateway],
})
export class DecisionsModule {
  constructor(timers: Timers, effects: DecisionEffects) {
    timers.register(DECISION_EFFECT, effects);
  }
}
