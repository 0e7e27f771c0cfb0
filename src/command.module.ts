import { Module, type DynamicModule } from '@nestjs/common';
import { AuthModule } from './auth/auth.module.js';
import { ConfigModule } from './config/config.module.js';
import type { Environment } from './config/environment.js';
import { DatabaseModule } from './database/database.module.js';
import { HttpModule } from './http/http.module.js';
import { ImportModule } from './organization/import/import.module.js';
import { LiveModule } from './realtime/live.module.js';
import { RealtimeModule } from './realtime/realtime.module.js';
import { TaskImportModule } from './task-import/task-import.module.js';
import { WorkingTimeModule } from './working-time/working-time.module.js';

/** What the commands beside the app need: everything that can be imported, accounts, no listening. */
@Module({
  imports: [
    DatabaseModule,
    LiveModule,
    HttpModule,
    AuthModule,
    RealtimeModule,
    ImportModule,
    WorkingTimeModule,
    TaskImportModule,
  ],
})
export class CommandModule {
  static for(environment: Environment): DynamicModule {
    return { module: CommandModule, imports: [ConfigModule.for(environment)] };
  }
}
