import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { dataSourceOptions, WorkspaceLog } from '#libs/database';
import { Environment } from '../config/environment.js';
import { RefusalSweeper } from './refusal-sweeper.js';

/** The one connection pool, and the two doors into the numbered histories, for every module. */
@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [Environment],
      useFactory: (environment: Environment) => {
        if (environment.databaseUrl === undefined)
          throw new Error('the database must be known before the modules start');
        return {
          ...dataSourceOptions(environment.databaseUrl, environment.poolSize),
          autoLoadEntities: true,
          // A database that is away stops the start at once, with one line.
          retryAttempts: 1,
        };
      },
    }),
  ],
  providers: [
    RefusalSweeper,
    {
      provide: WorkspaceLog,
      inject: [DataSource],
      useFactory: (source: DataSource) => new WorkspaceLog(source),
    },
  ],
  exports: [TypeOrmModule, WorkspaceLog],
})
export class DatabaseModule {}
