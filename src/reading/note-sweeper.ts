import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Sweeper } from '../database/sweeper.service.js';

const AT_ONCE = 5_000;

/** What persons' streams carried, and rows of the inbox that were put away, are of use for some time. */
@Injectable()
export class NoteSweeper extends Sweeper {
  constructor(private readonly source: DataSource) {
    super("old parts of persons' streams");
  }

  protected async remove(): Promise<number> {
    const [, events] = await this.source.query<[unknown, number]>(SWEEP_EVENTS, [AT_ONCE]);
    const [, rows] = await this.source.query<[unknown, number]>(SWEEP_ROWS, [AT_ONCE]);
    return events + rows;
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
