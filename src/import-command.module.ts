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

/** Everything that can be imported, without the app that serves it. */
@Module({
  imports: [
    DatabaseModule,
    LiveModule,
    HttpModule,
    AuthModule,
    RealtimeModule,
    ImportModule,
    TaskImportModule,
  ],
})
export class ImportCommandModule {
  static for(environment: Environment): DynamicModule {
    return { module: ImportCommandModule, imports: [ConfigModule.for(environment)] };
  }
}
