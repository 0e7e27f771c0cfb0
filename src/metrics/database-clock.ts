import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';

const EVERY_MS = 30_000;

/** The time of PostgreSQL, known from asking now and then: events carry it, and instances' own clocks may differ. */
@Injectable()
export class DatabaseClock implements OnModuleInit, OnModuleDestroy {
  private offset: number | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly source: DataSource) {}

  async onModuleInit(): Promise<void> {
    await this.ask();
    this.timer = setInterval(() => void this.ask(), EVERY_MS);
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** Milliseconds since 1970; undefined while the database has never answered. */
  now(): number | undefined {
    return this.offset === undefined ? undefined : performance.now() + this.offset;
  }

  private async ask(): Promise<void> {
    const before = performance.now();
    try {
      const [row] = await this.source.query<{ now: Date }[]>('SELECT clock_timestamp() AS now');
      // Its answer belongs to the middle of the way there and back.
      if (row) this.offset = row.now.getTime() - (before + performance.now()) / 2;
    } catch {
      // Away: the offset known so far still holds.
    }
  }
}
