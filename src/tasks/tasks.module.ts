import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessModule } from '../access/access.module.js';
import { DiscussionModule } from '../discussion/discussion.module.js';
import { FilesModule } from '../files/files.module.js';
import { OrganizationModule } from '../organization/organization.module.js';
import { PublicModule } from '../public/public.module.js';
import { WorkingTimeModule } from '../working-time/working-time.module.js';
import { DecisionsService } from './decisions.service.js';
import { HandoverRecords } from './handover-records.service.js';
import { MilestonePlanService } from './milestone-plan.service.js';
import { TASK_ENTITIES } from './entities.js';
import { SummaryService } from './summary.service.js';
import { TaskSetupService } from './task-setup.service.js';
import { TasksGateway } from './tasks.gateway.js';
import { TasksService } from './tasks.service.js';
import { WorkTeamService } from './work-team.service.js';
import { WorkspaceReader } from './workspace-reader.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature(TASK_ENTITIES),
    AccessModule,
    OrganizationModule,
    DiscussionModule,
    FilesModule,
    PublicModule,
    WorkingTimeModule,
  ],
  providers: [
    TasksService,
    TaskSetupService,
    WorkTeamService,
    DecisionsService,
    HandoverRecords,
    MilestonePlanService,
    SummaryService,
    WorkspaceReader,
    TasksGateway,
  ],
  exports: [
    TasksService,
    TaskSetupService,
    WorkTeamService,
    DecisionsService,
    HandoverRecords,
    WorkspaceReader,
  ],
})
export class TasksModule {}
