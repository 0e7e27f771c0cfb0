import { Global, Inject, Logger, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { readEvents, readHeads, WorkspaceLog } from '#libs/database';
import {
  InProcessFanout,
  InProcessPresence,
  RedisFanout,
  RedisPresence,
  StreamHub,
  type Fanout,
  type Presence,
} from '#libs/realtime';
import { Environment } from '../config/environment.js';
import { FANOUT, PRESENCE } from './tokens.js';
import { Traffic } from './traffic.js';

// One line a minute while a broker is away, not one for each try; never its address or password.
function reporter(what: string): (error: unknown) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (error) => {
    if (performance.now() - last < 60_000) return;
    last = performance.now();
    Logger.warn(`${what}: ${error instanceof Error ? error.name : 'error'}`, 'Live');
  };
}

/** What carries events from a commit to every listener: fan-out, hub and presence, once a process. */
@Global()
@Module({
  providers: [
    Traffic,
    {
      provide: FANOUT,
      inject: [Environment],
      useFactory: ({ redisUrl }: Environment): Fanout =>
        redisUrl
          ? new RedisFanout(redisUrl, reporter('Redis is away, going on without it'))
          : new InProcessFanout(),
    },
    {
      provide: PRESENCE,
      inject: [Environment],
      useFactory: ({ redisUrl }: Environment): Presence =>
        redisUrl
          ? new RedisPresence(redisUrl, reporter('Redis is away, presence is not known'))
          : new InProcessPresence(),
    },
    {
      provide: StreamHub,
      inject: [FANOUT, DataSource, WorkspaceLog],
      useFactory: (fanout: Fanout, source: DataSource, log: WorkspaceLog) => {
        const hub = new StreamHub(
          fanout,
          {
            heads: (ids) => readHeads(source.manager, ids),
            events: (id, after, upTo, limit) => readEvents(source.manager, id, after, upTo, limit),
          },
          reporter('the history could not be read'),
        );
        log.onCommitted((frames) => hub.committed(frames));
        return hub;
      },
    },
  ],
  exports: [FANOUT, PRESENCE, StreamHub, Traffic],
})
export class LiveModule implements OnApplicationShutdown {
  constructor(
    @Inject(FANOUT) private readonly fanout: Fanout,
    @Inject(PRESENCE) private readonly presence: Presence,
    @Inject(StreamHub) private readonly hub: StreamHub,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.hub.stop();
    await Promise.all([this.fanout.close(), this.presence.close()]);
  }
}
