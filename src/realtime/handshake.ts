import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { Socket } from 'socket.io';
import { AppError, isAppError, LIMITS } from '#libs/contracts';
import { asAppError } from '#libs/database';
import { AuthService } from '../auth/auth.service.js';
import { readSessionCookie } from '../http/session-cookie.js';
import { OriginPolicy } from '../http/origin.policy.js';
import { Connections } from './connections.js';
import type { SimpulSocket } from './rooms.js';

/** Who may open a socket. Nest's guards do not run here, and its own connection hook would come too late. */
@Injectable()
export class Handshake {
  constructor(
    private readonly auth: AuthService,
    private readonly origins: OriginPolicy,
    private readonly connections: Connections,
  ) {}

  /** Null when the request comes from our own pages; a missing Origin beside a cookie is refused as well. */
  refusal(request: IncomingMessage): string | null {
    return this.origins.allows(request) ? null : 'origin-refused';
  }

  /** @throws an error whose `data` is what the client is told */
  async signIn(socket: Socket): Promise<void> {
    try {
      const token = readSessionCookie(socket.request.headers.cookie);
      const session = token === null ? null : await this.auth.freshSessionOf(token);
      if (!session) throw new AppError('unauthenticated', {});
      if (this.connections.countOf(session.person.id) >= LIMITS.socketsPerPerson) {
        throw new AppError('rate-limited', { retryAfterMs: 30_000 });
      }
      Object.assign(socket.data, {
        person: session.person,
        sessionId: session.sessionId,
        expiresAt: Date.parse(session.expiresAt),
        workspaces: new Set(),
      } satisfies SimpulSocket['data']);
    } catch (error) {
      const known = asAppError(error);
      const wire = isAppError(known) ? known.toWire() : { code: 'internal' as const, details: {} };
      throw Object.assign(new Error(wire.code), { data: wire });
    }
  }
}
