import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { FanoutTrouble } from '#libs/realtime';
import { Timers } from '../timers/timers.service.js';
import { FANOUT, type Fanout } from '../realtime/tokens.js';

export interface Readiness {
  status: 'ready' | 'not-ready';
  database: 'ready' | 'away';
  redis: 'ready' | 'degraded' | 'none';
  /** Why Redis is degraded; no more than that. */
  redisTrouble?: FanoutTrouble;
  /** Something should have happened and has not; the log says why. Everything else works. */
  timers?: 'late';
  /** What it lacks to serve. Redis is not among it: everything works without, only slower between instances. */
  missing: ('database' | 'stopping')[];
}

const REDIS = { local: 'none', ready: 'ready', degraded: 'degraded' } as const;
const KEEP_MS = 500;
const WAIT_MS = 2_000;

@Injectable()
export class HealthService implements OnModuleDestroy {
  private stopping = false;
  private asked: { at: number; answer: Promise<boolean> } | undefined;

  constructor(
    private readonly source: DataSource,
    @Inject(FANOUT) private readonly fanout: Fanout,
    private readonly timers: Timers,
  ) {}

  /** Nest calls this first when it closes: the load balancer sends nobody here any more. */
  onModuleDestroy(): void {
    this.stopping = true;
  }

  async readiness(): Promise<Readiness> {
    const hasDatabase = await this.hasDatabase();
    const missing: Readiness['missing'] = [];
    if (!hasDatabase) missing.push('database');
    if (this.stopping) missing.push('stopping');
    const { state, trouble } = this.fanout;
    return {
      status: missing.length === 0 ? 'ready' : 'not-ready',
      database: hasDatabase ? 'ready' : 'away',
      redis: REDIS[state],
      ...(state === 'degraded' && trouble && { redisTrouble: trouble }),
      ...(hasDatabase && (await this.timers.areLate()) && { timers: 'late' as const }),
      missing,
    };
  }

  /** Many askers share one question: health checks must not use up the connections. */
  private hasDatabase(): Promise<boolean> {
    if (!this.asked || performance.now() - this.asked.at > KEEP_MS) {
      this.asked = { at: performance.now(), answer: this.askDatabase() };
    }
    return this.asked.answer;
  }

  private async askDatabase(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), WAIT_MS);
    });
    // The reason is not told outside, and who needs the database logs it.
    const answer = this.source.query('SELECT 1').then(
      () => true,
      () => false,
    );
    try {
      return await Promise.race([answer, tooLate]);
    } finally {
      clearTimeout(timer);
    }
  }
}
