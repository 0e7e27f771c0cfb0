import { Global, Inject, Logger, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { readEvents, readHeads, WorkspaceLog } from '#libs/database';
import {
  InProcessFanout,
  InProcessPresence,
  parseRedisUrl,
  Redis,
  RedisFanout,
  RedisPresence,
  StreamHub,
  type Fanout,
  type FanoutTrouble,
  type Presence,
} from '#libs/realtime';
import { Environment } from '../config/environment.js';
import { FANOUT, PRESENCE } from './tokens.js';
import { Traffic } from './traffic.js';

// One line a minute while the database is away, not one for each try.
function reporter(what: string): (error: unknown) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (error) => {
    if (performance.now() - last < 60_000) return;
    last = performance.now();
    Logger.warn(`${what}: ${error instanceof Error ? error.name : 'error'}`, 'Live');
  };
}

const TROUBLE: Readonly<Record<FanoutTrouble, string>> = {
  away: 'Redis is away',
  refused: 'Redis refuses: look at its user, password and rights',
  hanging: 'Redis does not answer',
};

// One line for each change, not for each try; never an address or a password.
function reportRedis(trouble: FanoutTrouble | null): void {
  if (trouble === null) Logger.log('Redis is there, hints flow', 'Live');
  else Logger.warn(`${TROUBLE[trouble]}; going on without, presence is not known`, 'Live');
}

const REDIS = Symbol('Redis');

/** What carries events from a commit to every listener: fan-out, hub and presence, once a process. */
@Global()
@Module({
  providers: [
    Traffic,
    {
      provide: REDIS,
      inject: [Environment],
      useFactory: ({ redisUrl }: Environment): Redis | null => {
        if (redisUrl === undefined) return null;
        const target = parseRedisUrl(redisUrl);
        if (!target) throw new Error('REDIS_URL was not checked');
        return new Redis(target);
      },
    },
    {
      provide: FANOUT,
      inject: [REDIS],
      useFactory: (redis: Redis | null): Fanout =>
        redis ? new RedisFanout(redis, reportRedis) : new InProcessFanout(),
    },
    {
      provide: PRESENCE,
      inject: [REDIS],
      useFactory: (redis: Redis | null): Presence =>
        redis ? new RedisPresence(redis) : new InProcessPresence(),
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
    @Inject(REDIS) private readonly redis: Redis | null,
    @Inject(FANOUT) private readonly fanout: Fanout,
    @Inject(PRESENCE) private readonly presence: Presence,
    @Inject(StreamHub) private readonly hub: StreamHub,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.hub.stop();
    await Promise.all([this.fanout.close(), this.presence.close()]);
    await this.redis?.close();
  }
}
