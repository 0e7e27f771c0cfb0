import { Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

const EVERY_MS = 10 * 60_000;

/** Removes what is old, a bounded number at a time; with several instances whoever comes first does it. */
export abstract class Sweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(this.constructor.name);
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<number> | undefined;
  /** The app is stopping: no further batch begins. */
  protected stopped = false;

  /** @param what goes, for the log */
  protected constructor(private readonly what: string) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.sweep(), EVERY_MS).unref();
  }

  /** Waits for the round under way. */
  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.sweeping;
  }

  /** One round at a time. @returns how many went; what failed, the next round does */
  sweep(): Promise<number> {
    this.sweeping ??= this.remove()
      .catch((error: unknown) => {
        this.logger.warn({ err: error, msg: `${this.what} could not be removed` });
        return 0;
      })
      .finally(() => {
        this.sweeping = undefined;
      });
    return this.sweeping;
  }

  /** @returns how many went */
  protected abstract remove(): Promise<number>;
}
