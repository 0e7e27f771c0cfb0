import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { OrganizationModule } from '../organization/organization.module.js';
import { TasksModule } from '../tasks/tasks.module.js';
import { TeamsGateway } from './teams.gateway.js';
import { TeamsService } from './teams.service.js';

@Module({
  imports: [AccessModule, OrganizationModule, TasksModule],
  providers: [TeamsService, TeamsGateway],
})
export class TeamsModule {}
