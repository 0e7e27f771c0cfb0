import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';

const EVERY_MS = 10 * 60_000;
const AT_ONCE = 5_000;

/** What persons' streams carried days ago goes, a bounded number at a time; with several instances whoever comes first. */
@Injectable()
export class NoteSweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly source: DataSource) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.sweep(), EVERY_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  async sweep(): Promise<void> {
    try {
      await this.source.query(SWEEP_EVENTS, [AT_ONCE]);
      await this.source.query(SWEEP_ROWS, [AT_ONCE]);
    } catch (error) {
      // The next round does it.
      Logger.warn({ err: error, msg: "old parts of persons' streams could not be removed" }, 'Reading');
    }
  }
}

// No client resumes them, and the consumers have read them long ago.
const SWEEP_EVENTS = `
DELETE FROM stream_event WHERE ctid = ANY (ARRAY(
  SELECT ctid FROM stream_event
  WHERE type IN ('mark.moved', 'inbox.changed', 'inbox.cleared') AND at < now() - interval '3 days'
  ORDER BY at LIMIT $1))`;

const SWEEP_ROWS = `
DELETE FROM inbox_rows WHERE ctid = ANY (ARRAY(
  SELECT ctid FROM inbox_rows WHERE state = 'DONE' AND at < now() - interval '90 days' LIMIT $1))`;
