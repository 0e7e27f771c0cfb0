import { Module } from '@nestjs/common';
import { TimersModule } from '../timers/timers.module.js';
import { HealthController } from './health.controller.js';
import { HealthService } from './health.service.js';

/** For load balancers and whoever watches. */
@Module({
  imports: [TimersModule],
  controllers: [HealthController],
  providers: [HealthService],
})
export class HealthModule {}
