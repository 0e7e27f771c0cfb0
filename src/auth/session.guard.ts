import { createParamDecorator, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { AppError, type ActorView } from '#libs/contracts';
import { AuthService, type SignedIn } from './auth.service.js';
import { SessionCookie } from '../http/session-cookie.js';
import { RequestPace } from './request-pace.js';

type SignedInRequest = Request & { signedIn?: SignedIn };

/** Lets only signed-in people in, over HTTP: `@UseGuards(SessionGuard)`. Sockets have their handshake. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly auth: AuthService,
    private readonly cookie: SessionCookie,
    private readonly pace: RequestPace,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<SignedInRequest>();
    const token = this.cookie.read(request.headers.cookie);
    const signedIn = token === null ? null : await this.auth.sessionOf(token);
    if (!signedIn) throw new AppError('unauthenticated', {});
    this.pace.take(signedIn.person.id);
    request.signedIn = signedIn;
    return true;
  }
}

/** The sign-in the request came with. Refuses where the guard was forgotten. */
export const CurrentSession = createParamDecorator((_: unknown, context: ExecutionContext): SignedIn => {
  const { signedIn } = context.switchToHttp().getRequest<SignedInRequest>();
  if (!signedIn) throw new AppError('unauthenticated', {});
  return signedIn;
});

/** The person who is signed in. */
export const CurrentPerson = createParamDecorator((_: unknown, context: ExecutionContext): ActorView => {
  const { signedIn } = context.switchToHttp().getRequest<SignedInRequest>();
  if (!signedIn) throw new AppError('unauthenticated', {});
  return signedIn.person;
});
