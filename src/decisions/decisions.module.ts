import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { OrganizationModule } from '../organization/organization.module.js';
import { TasksModule } from '../tasks/tasks.module.js';
import { Timers } from '../timers/timers.service.js';
import { TimersModule } from '../timers/timers.module.js';
import { DecidingService } from './deciding.service.js';
import { DECISION_CLOCK, DECISION_EFFECT } from '#libs/database';
import { EscalationModule } from '../escalation/escalation.module.js';
import { WorkingTimeModule } from '../working-time/working-time.module.js';
import { DecisionClocks } from './decision-clocks.service.js';
import { DecisionEffects } from './decision-effects.service.js';
import { DecisionsController } from './decisions.controller.js';
import { DecisionsGateway } from './decisions.gateway.js';
import { DecidingPosts } from './posts.service.js';

@Module({
  imports: [AccessModule, OrganizationModule, TasksModule, TimersModule, EscalationModule, WorkingTimeModule],
  controllers: [DecisionsController],
  providers: [DecidingService, DecidingPosts, DecisionEffects, DecisionClocks, DecisionsGateway],
})
export class DecisionsModule {
  constructor(timers: Timers, effects: DecisionEffects, clocks: DecisionClocks) {
    timers.register(DECISION_EFFECT, effects);
    timers.register(DECISION_CLOCK, clocks);
  }
}
