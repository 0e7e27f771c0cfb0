import { Module, type DynamicModule } from '@nestjs/common';
import { AccessModule } from './access/access.module.js';
import { AuthModule } from './auth/auth.module.js';
import { BoardModule } from './board/board.module.js';
import { CatchUpModule } from './catch-up/catch-up.module.js';
import { ConfigModule } from './config/config.module.js';
import type { Environment } from './config/environment.js';
import { DatabaseModule } from './database/database.module.js';
import { DecisionsModule } from './decisions/decisions.module.js';
import { DemoModule } from './demo/demo.module.js';
import { DirectoryModule } from './directory/directory.module.js';
import { DiscussionModule } from './discussion/discussion.module.js';
import { DraftsModule } from './drafts/drafts.module.js';
import { EscalationModule } from './escalation/escalation.module.js';
import { FilesModule } from './files/files.module.js';
import { HandoversModule } from './handovers/handovers.module.js';
import { HealthModule } from './health/health.module.js';
import { HttpModule } from './http/http.module.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { InboxModule } from './inbox/inbox.module.js';
import { ImportModule } from './organization/import/import.module.js';
import { OrganizationModule } from './organization/organization.module.js';
import { PublicModule } from './public/public.module.js';
import { LiveDocsModule } from './live-docs/live-docs.module.js';
import { LiveModule } from './realtime/live.module.js';
import { ReadingModule } from './reading/reading.module.js';
import { RealtimeModule } from './realtime/realtime.module.js';
import { TaskImportModule } from './task-import/task-import.module.js';
import { TasksModule } from './tasks/tasks.module.js';
import { TeamsModule } from './teams/teams.module.js';
import { TimersModule } from './timers/timers.module.js';
import { TracingModule } from './tracing/tracing.module.js';
import { WorkingTimeModule } from './working-time/working-time.module.js';

/** The whole house. The environment's database is known and migrated before this starts. */
@Module({
  imports: [
    DatabaseModule,
    LiveModule,
    HttpModule,
    HealthModule,
    OrganizationModule,
    ImportModule,
    AuthModule,
    AccessModule,
    WorkingTimeModule,
    TimersModule,
    EscalationModule,
    DirectoryModule,
    TasksModule,
    DraftsModule,
    TeamsModule,
    DecisionsModule,
    HandoversModule,
    DiscussionModule,
    FilesModule,
    RealtimeModule,
    ReadingModule,
    InboxModule,
    CatchUpModule,
    BoardModule,
    PublicModule,
    LiveDocsModule,
    TaskImportModule,
    DemoModule,
  ],
})
export class AppModule {
  static for(environment: Environment): DynamicModule {
    const watched = environment.metricsPort === undefined ? [] : [MetricsModule];
    const traced = environment.tracesEndpoint === undefined ? [] : [TracingModule];
    return { module: AppModule, imports: [ConfigModule.for(environment), ...watched, ...traced] };
  }
}
