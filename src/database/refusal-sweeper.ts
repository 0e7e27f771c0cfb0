import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { forgetRefusals } from '#libs/database';

const EVERY_MS = 10 * 60_000;
const AT_ONCE = 1_000;
/** What a flood of refusals left behind goes in some rounds, not in one that is felt. */
const BATCHES = 20;

/** Old refusals of commands go, a bounded number at a time; with several instances whoever comes first does it. */
@Injectable()
export class RefusalSweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(RefusalSweeper.name);
  private timer: NodeJS.Timeout;
  private stopped = false;
  private sweeping: Promise<number> | undefined;

  constructor(private readonly source: DataSource) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.sweep(), EVERY_MS).unref();
  }

  /** Waits for the batch under way. */
  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.sweeping;
  }

  /** @returns how many went */
  sweep(): Promise<number> {
    this.sweeping ??= this.batches().finally(() => {
      this.sweeping = undefined;
    });
    return this.sweeping;
  }

  private async batches(): Promise<number> {
    let sum = 0;
    try {
      for (let batch = 0; batch < BATCHES && !this.stopped; batch++) {
        const count = await forgetRefusals(this.source, AT_ONCE);
        sum += count;
        if (count < AT_ONCE) break;
      }
    } catch (error) {
      // The next round does it.
      this.logger.warn({ err: error, msg: 'old refusals could not be removed' });
    }
    return sum;
  }
}
