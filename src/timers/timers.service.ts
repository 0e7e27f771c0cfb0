import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { readTimerFigures, TimerWorker, type TimerFigures, type TimerKind } from '#libs/database';

/** Later than this is late: a poll takes half a second, an instance that went is followed by another at once. */
const LATE_SECONDS = 60;
const KEEP_MS = 5_000;

/**
 * What happens at a moment: reminders, ends of deadlines, steps upwards. A feature registers its kinds when its module
 * starts, and sets and cancels timers in the transactions of its own commands, by `scheduleTimer` and `cancelTimer`.
 */
@Injectable()
export class Timers implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Timers');
  private readonly kinds = new Map<string, TimerKind>();
  private readonly worker: TimerWorker;
  private asked: { at: number; answer: Promise<TimerFigures> } | undefined;

  constructor(private readonly source: DataSource) {
    this.worker = new TimerWorker(source, this.kinds, (error, timer) =>
      this.logger.error({ err: error, ...(timer && { kind: timer.kind, key: timer.key }) }),
    );
  }

  onApplicationBootstrap(): void {
    // Where nothing is ever set there is nothing to look for.
    if (this.kinds.size > 0) this.worker.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.worker.stop();
  }

  /** Before the app has started. @throws Error for a name that is taken */
  register(name: string, kind: TimerKind): void {
    if (this.kinds.has(name)) throw new Error(`timers of the kind ${name} are registered twice`);
    this.kinds.set(name, kind);
  }

  /** How it stands, a few seconds old at most. @throws when the database does not answer */
  figures(): Promise<TimerFigures> {
    if (!this.asked || performance.now() - this.asked.at > KEEP_MS) {
      this.asked = { at: performance.now(), answer: readTimerFigures(this.source) };
    }
    return this.asked.answer;
  }

  /** One should have fired a minute ago, or one was given up. A database that does not answer is told elsewhere. */
  async areLate(): Promise<boolean> {
    try {
      const { lateSeconds, givenUp } = await this.figures();
      return lateSeconds > LATE_SECONDS || givenUp > 0;
    } catch {
      return false;
    }
  }
}
