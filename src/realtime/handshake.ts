import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { Socket } from 'socket.io';
import { AppError, isAppError, LIMITS } from '#libs/contracts';
import { asAppError } from '#libs/database';
import { AuthService } from '../auth/auth.service.js';
import { SessionCookie } from '../http/session-cookie.js';
import { OriginPolicy } from '../http/origin.policy.js';
import { Connections } from './connections.js';
import type { SimpulSocket } from './rooms.js';

/** A connection may ask to be let in a few times; each asks the database. */
const TRIES = 3;

/** Who may open a socket. Nest's guards do not run here, and its own connection hook would come too late. */
@Injectable()
export class Handshake {
  private readonly tries = new WeakMap<object, number>();

  constructor(
    private readonly auth: AuthService,
    private readonly origins: OriginPolicy,
    private readonly connections: Connections,
    private readonly cookie: SessionCookie,
  ) {}

  /** Null when the request comes from our own pages; a missing Origin beside a cookie is refused as well. */
  refusal(request: IncomingMessage): string | null {
    return this.origins.allows(request) ? null : 'origin-refused';
  }

  /** @throws an error whose `data` is what the client is told */
  async signIn(socket: Socket): Promise<void> {
    try {
      this.count(socket);
      const token = this.cookie.read(cookieOf(socket));
      const session = token === null ? null : await this.auth.freshSessionOf(token);
      if (!session) throw new AppError('unauthenticated', {});
      if (this.connections.countOf(session.person.id) >= LIMITS.socketsPerPerson) {
        throw new AppError('rate-limited', { retryAfterMs: 30_000 });
      }
      Object.assign(socket.data, {
        person: session.person,
        sessionId: session.sessionId,
        seen: session.seen,
        expiresAt: Date.parse(session.expiresAt),
        workspaces: new Set(),
      } satisfies SimpulSocket['data']);
      forgetRequest(socket);
    } catch (error) {
      const known = asAppError(error);
      const wire = isAppError(known) ? known.toWire() : { code: 'internal' as const, details: {} };
      throw Object.assign(new Error(wire.code), { data: wire });
    }
  }

  private count({ conn }: Socket): void {
    const tries = (this.tries.get(conn) ?? 0) + 1;
    this.tries.set(conn, tries);
    if (tries <= TRIES) return;
    conn.close();
    throw new AppError('rate-limited', { retryAfterMs: 30_000 });
  }
}

/** Nothing on a connection that was let in before. */
function cookieOf({ request }: { request: IncomingMessage | null }): string | undefined {
  return request?.headers.cookie;
}

/** The HTTP request and its headers are not needed any more, and are half of what an idle client costs. */
function forgetRequest(socket: Socket): void {
  Object.assign(socket.conn, { request: null });
  socket.handshake.headers = {};
}
