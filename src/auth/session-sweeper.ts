import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { deleteOldSessions } from './auth.queries.js';

const EVERY_MS = 10 * 60_000;
const AT_ONCE = 1_000;

/** Old sign-ins go, a bounded number at a time; with several instances whoever comes first does it. */
@Injectable()
export class SessionSweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(SessionSweeper.name);
  private timer: NodeJS.Timeout;

  constructor(private readonly source: DataSource) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.sweep(), EVERY_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  async sweep(): Promise<void> {
    try {
      await deleteOldSessions(this.source, AT_ONCE);
    } catch (error) {
      // The next round does it.
      this.logger.warn({ err: error, msg: 'old sign-ins could not be removed' });
    }
  }
}
