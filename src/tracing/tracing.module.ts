import { Global, Inject, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { WorkspaceLog } from '#libs/database';
import { StreamHub } from '#libs/realtime';
import { Environment } from '../config/environment.js';
import { Traffic } from '../realtime/traffic.js';
import { Tracing } from './tracing.service.js';

export { Tracing };

/** Traces for OpenTelemetry. Part of the app, and of memory, only when there is a collector. */
@Global()
@Module({
  providers: [
    {
      provide: Tracing,
      inject: [Environment, Traffic],
      useFactory: async (environment: Environment, traffic: Traffic): Promise<Tracing> => {
        const { openTracing } = await import('./exporting.js');
        return openTracing(environment, traffic);
      },
    },
  ],
  exports: [Tracing],
})
export class TracingModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    private readonly tracing: Tracing,
    private readonly traffic: Traffic,
    private readonly log: WorkspaceLog,
    @Inject(StreamHub) private readonly hub: StreamHub,
  ) {}

  onModuleInit(): void {
    this.traffic.began = this.tracing.began;
    this.log.traceWith(this.tracing);
    this.hub.traced = this.tracing.delivered;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.tracing.queue.shutdown();
  }
}
