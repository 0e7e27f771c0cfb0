import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Sweeper } from '../database/sweeper.service.js';
import { deleteOldSessions } from './auth.queries.js';

const AT_ONCE = 1_000;

/** Sign-ins go some time after their end. */
@Injectable()
export class SessionSweeper extends Sweeper {
  constructor(private readonly source: DataSource) {
    super('old sign-ins');
  }

  protected remove(): Promise<number> {
    return deleteOldSessions(this.source, AT_ONCE);
  }
}
