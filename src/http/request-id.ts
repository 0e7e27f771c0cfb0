import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { withoutPersonalData } from './redaction.js';

const HEADER = 'X-Request-Id';
const SANE = /^[A-Za-z0-9._-]{8,64}$/;

type Trust = (address: string | undefined, hops: number) => boolean;

/** The id of a proxy that is trusted, when it looks like one; else a new one. From now on the answer carries it. */
export function nameRequest(request: Request, response: Response): string {
  const given = isFromProxy(request) ? request.get(HEADER) : undefined;
  const usable = given !== undefined && SANE.test(given) && withoutPersonalData(given) === given;
  const id = usable ? given : randomUUID();
  response.setHeader(HEADER, id);
  return id;
}

/** The id under which a request is found in the log. */
export function requestIdOf(response: Response): string {
  const id = response.getHeader(HEADER);
  return typeof id === 'string' ? id : '';
}

function isFromProxy({ app, socket }: Request): boolean {
  return (app.get('trust proxy fn') as Trust)(socket.remoteAddress, 0);
}
