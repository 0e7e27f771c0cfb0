import { Module } from '@nestjs/common';
import { OrganizationModule } from '../organization/organization.module.js';
import { TasksModule } from '../tasks/tasks.module.js';
import { DraftsGateway } from './drafts.gateway.js';
import { DraftsService } from './drafts.service.js';

@Module({ imports: [OrganizationModule, TasksModule], providers: [DraftsService, DraftsGateway] })
export class DraftsModule {}
