import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AppError, type ActorView, type SignIn } from '#libs/contracts';
import { commandOf, event, SYSTEM_ACTOR, WorkspaceLog } from '#libs/database';
import { Environment } from '../config/environment.js';
import { OrganizationService } from '../organization/organization.service.js';
import { findAccount, findSession, type AccountRow } from './auth.queries.js';
import { BriefCache } from './brief-cache.js';
import { hashPassword, passwordMatches } from './passwords.js';
import { signInName } from './sign-in-name.js';
import { SignInThrottle } from './sign-in-throttle.js';

/** Who is signed in, in which sign-in, until when. */
export interface SignedIn {
  sessionId: string;
  person: ActorView;
  expiresAt: string;
}

export interface FreshlySignedIn extends SignedIn {
  /** Where the person's stream stood when this was asked: while it stands there no sign-in has ended. */
  seen: number | null;
}

const CACHE_MS = 2_000;
const CACHE_SIZE = 10_000;

/** Accounts, sign-ins and their ends. */
@Injectable()
export class AuthService {
  private readonly cache = new BriefCache<SignedIn>(CACHE_MS, CACHE_SIZE);

  constructor(
    private readonly source: DataSource,
    private readonly log: WorkspaceLog,
    private readonly organization: OrganizationService,
    private readonly throttle: SignInThrottle,
    private readonly environment: Environment,
  ) {}

  /**
   * Checks the password and begins a sign-in with a token of its own. The answer for an unknown login, a wrong
   * password and a disabled account is the same, after the same work.
   *
   * @param earlier the browser's token of before, whose sign-in ends
   * @throws AppError `sign-in.failed` or `sign-in.throttled`
   */
  async signIn(
    { login, password }: SignIn,
    ip: string,
    earlier: string | null,
  ): Promise<SignedIn & { token: string }> {
    const name = signInName(login);
    const left = await this.throttle.attempt(name, ip);
    const account = await findAccount(this.source, name);
    const matches = await passwordMatches(account?.password_hash ?? null, password);
    if (!account || !matches || account.disabled_at !== null) throw new AppError('sign-in.failed', { left });
    await this.throttle.succeeded(name, ip);

    const before = earlier === null ? null : await this.freshSessionOf(earlier);
    if (before) await this.end(before);
    const token = randomBytes(32).toString('base64url');
    const begun = await this.begin(account, token);
    // Disabled, or with another password, in the moment between.
    if (!begun) throw new AppError('sign-in.failed', { left });
    return { ...begun, token };
  }

  /** The sign-in a token belongs to; null when it has none, or it ended. May be up to 2 s behind other instances. */
  async sessionOf(token: string): Promise<SignedIn | null> {
    const known = this.cache.get(cacheKey(token));
    if (known && Date.parse(known.expiresAt) > Date.now()) return known;
    return this.freshSessionOf(token);
  }

  /** As `sessionOf`, asked from the database: for what lasts, such as a socket. */
  async freshSessionOf(token: string): Promise<FreshlySignedIn | null> {
    const row = await findSession(this.source, tokenHash(token));
    if (!row) return null;
    const person = await this.organization.viewOf(row.person);
    const signedIn = {
      sessionId: row.id,
      person,
      expiresAt: row.expires_at.toISOString(),
      seen: row.seq === null ? null : Number(row.seq),
    };
    this.cache.set(cacheKey(token), signedIn);
    return signedIn;
  }

  /** Signs out of one sign-in; its sockets end on every instance. */
  async end({ sessionId, person }: Pick<SignedIn, 'sessionId' | 'person'>): Promise<void> {
    await this.endSessions(person, person.id, sessionId);
  }

  /** Signs a person out everywhere. */
  async endAll(person: ActorView): Promise<void> {
    await this.endSessions(person, person.id, null);
  }

  /** Gives a person a password. One who had an account gets it back with this password; earlier sign-ins end. */
  async createAccount(personId: string, password: string): Promise<void> {
    const passwordHash = await hashPassword(password);
    const [row] = await this.source.query<{ existed: boolean }[]>(
      `INSERT INTO accounts (person_id, password_hash) VALUES ($1, $2)
       ON CONFLICT (person_id) DO UPDATE
         SET password_hash = excluded.password_hash, disabled_at = NULL, changed_at = now()
       RETURNING xmax <> 0 AS existed`,
      [personId, passwordHash],
    );
    if (row?.existed) await this.endSessions(SYSTEM_ACTOR, personId, null);
  }

  /** Whether a sign-in found before is still one. */
  async holds(sessionId: string): Promise<boolean> {
    const rows = await this.source.query<unknown[]>(
      'SELECT 1 FROM sessions WHERE id = $1 AND ended_at IS NULL AND expires_at > now()',
      [sessionId],
    );
    return rows.length > 0;
  }

  /** Closes an account: no new sign-in, and the present ones end. */
  async disable(personId: string): Promise<void> {
    await this.endSessions(SYSTEM_ACTOR, personId, null, (tx) =>
      tx.query('UPDATE accounts SET disabled_at = coalesce(disabled_at, now()) WHERE person_id = $1', [
        personId,
      ]),
    );
  }

  /** Only while the account is as it was checked: whoever changes it waits, and then sees this sign-in too. */
  private async begin(checked: AccountRow, token: string): Promise<SignedIn | null> {
    const { person_id: personId, password_hash: hash } = checked;
    const sessionId = randomUUID();
    const [row] = await this.source.query<{ expires_at: Date }[]>(
      `INSERT INTO sessions (id, token_hash, person_id, expires_at)
       SELECT $1, $2, person_id, now() + make_interval(hours => $4)
       FROM accounts WHERE person_id = $3 AND disabled_at IS NULL AND password_hash = $5
       FOR SHARE
       RETURNING expires_at`,
      [sessionId, tokenHash(token), personId, this.environment.sessionHours, hash],
    );
    if (!row) return null;
    const person = await this.organization.personView(personId);
    return { sessionId, person, expiresAt: row.expires_at.toISOString() };
  }

  /** The rows and the event that tells live sockets everywhere, in one transaction. `sessionId` null: all. */
  private async endSessions(
    actor: ActorView,
    personId: string,
    sessionId: string | null,
    more?: (tx: EntityManager) => Promise<unknown>,
  ): Promise<void> {
    const command = commandOf(actor, 'session.end', { commandId: randomUUID() });
    await this.log.record(command, async (tx) => {
      await more?.(tx);
      await tx.query(
        `UPDATE sessions SET ended_at = now()
         WHERE person_id = $1 AND ended_at IS NULL AND ($2::uuid IS NULL OR id = $2)`,
        [personId, sessionId],
      );
      await this.log.openStream(tx, personId, 'person');
      return { events: [event('session.ended', personId, { sessionId })] };
    });
    this.cache.deleteWhere(
      (one) => one.person.id === personId && (sessionId === null || one.sessionId === sessionId),
    );
  }
}

function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

// Tokens themselves are kept nowhere, not even in memory.
function cacheKey(token: string): string {
  return tokenHash(token).toString('base64url');
}
