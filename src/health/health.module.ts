import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { HealthService } from './health.service.js';

/** For load balancers and whoever watches. */
@Module({
  controllers: [HealthController],
  providers: [HealthService],
})
export class HealthModule {}
