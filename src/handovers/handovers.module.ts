import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { OrganizationModule } from '../organization/organization.module.js';
import { TasksModule } from '../tasks/tasks.module.js';
import { WorkingTimeModule } from '../working-time/working-time.module.js';
import { HandoversController } from './handovers.controller.js';
import { HandoversGateway } from './handovers.gateway.js';
import { HandoversReader } from './handovers-reader.service.js';
import { HandoversService } from './handovers.service.js';

/** Work that goes from unit to unit of a task. */
@Module({
  imports: [AccessModule, OrganizationModule, TasksModule, WorkingTimeModule],
  controllers: [HandoversController],
  providers: [HandoversService, HandoversReader, HandoversGateway],
})
export class HandoversModule {}
