import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { withoutPersonalData } from './redaction.js';

const HEADER = 'X-Request-Id';
const SANE = /^[A-Za-z0-9._-]{8,64}$/;

/** Whether an address is that of a proxy of ours, so and so many hops away. */
export type Trust = (address: string | undefined, hops: number) => boolean;

/** The id of a proxy that is trusted, when it looks like one; else a new one. From now on the answer carries it. */
export function nameRequest(request: IncomingMessage, response: ServerResponse, trusts: Trust): string {
  const given = trusts(request.socket.remoteAddress, 0) ? request.headers['x-request-id'] : undefined;
  const usable = typeof given === 'string' && SANE.test(given) && withoutPersonalData(given) === given;
  const id = usable ? given : randomUUID();
  response.setHeader(HEADER, id);
  return id;
}

/** The id under which a request is found in the log. */
export function requestIdOf(response: ServerResponse): string {
  const id = response.getHeader(HEADER);
  return typeof id === 'string' ? id : '';
}
