import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { DataSource } from 'typeorm';
import { AppError } from '#libs/contracts';
import { addressKey } from '../http/address-key.js';
import type { SignInName } from './sign-in-name.js';

const WINDOW_SECONDS = 15 * 60;

/** Counts attempts in PostgreSQL, so that many instances count as one. Only hashes are stored. */
@Injectable()
export class SignInThrottle {
  private readonly byAddress: RateLimiterPostgres;
  private readonly byLogin: RateLimiterPostgres;
  private readonly byBoth: RateLimiterPostgres;

  constructor(source: DataSource) {
    this.byAddress = limiter(source, 'address', 50);
    this.byLogin = limiter(source, 'login', 30);
    this.byBoth = limiter(source, 'both', 5);
  }

  /**
   * Counts an attempt before the password is looked at, so that many at once gain nothing.
   * @returns how many are left
   * @throws AppError `sign-in.throttled`
   */
  async attempt(name: SignInName, ip: string): Promise<number> {
    const keys = keysOf(name, ip);
    try {
      await this.byAddress.consume(keys.address);
      // Before the login's own count: one address alone must not be able to shut a person out everywhere.
      const { remainingPoints } = await this.byBoth.consume(keys.both);
      await this.byLogin.consume(keys.login);
      return remainingPoints;
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      throw new AppError('sign-in.throttled', { retryAfterSeconds: Math.ceil(error.msBeforeNext / 1_000) });
    }
  }

  /** It was the right password: the attempt does not count. */
  async succeeded(name: SignInName, ip: string): Promise<void> {
    const keys = keysOf(name, ip);
    await this.byBoth.delete(keys.both);
    await this.byAddress.reward(keys.address);
    await this.byLogin.reward(keys.login);
  }
}

function limiter(source: DataSource, keyPrefix: string, points: number): RateLimiterPostgres {
  return new RateLimiterPostgres({
    storeClient: { query: (wish: Query) => run(source, wish) },
    storeType: 'pool',
    tableName: 'sign_in_attempts',
    tableCreated: true,
    keyPrefix,
    points,
    duration: WINDOW_SECONDS,
  });
}

interface Query {
  text: string;
  values: unknown[];
}

// Without the statement's name: prepared statements are of no use behind PgBouncer.
async function run(
  source: DataSource,
  { text, values }: Query,
): Promise<{ rows: unknown[]; rowCount: number }> {
  const answer = await source.query<unknown[] | [unknown[], number]>(text, values);
  // TypeORM answers a DELETE with its rows and their count.
  const [rows, rowCount] = Array.isArray(answer[0])
    ? (answer as [unknown[], number])
    : [answer, answer.length];
  return { rows, rowCount };
}

function keysOf(name: SignInName, ip: string): { address: string; login: string; both: string } {
  const login = 'nip' in name ? name.nip : name.email;
  const address = addressKey(ip);
  return { address: digest(address), login: digest(login), both: digest(`${login}\n${address}`) };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
