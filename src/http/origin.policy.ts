import { networkInterfaces } from 'node:os';
import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { AppError } from '#libs/contracts';
import { Environment } from '../config/environment.js';

const EVERYWHERE = ['0.0.0.0', '::'];
const READING = ['GET', 'HEAD', 'OPTIONS'];

/** Which pages may act with a person's cookie: ours, and no other site's. */
@Injectable()
export class OriginPolicy {
  private allowed: ReadonlySet<string>;

  constructor(private readonly environment: Environment) {
    this.allowed = new Set(environment.origins);
    this.serveAt(environment.port);
  }

  /** The port is known for certain only when the app listens. Configured origins stay the only ones. */
  serveAt(port: number): void {
    if (this.environment.origins.length > 0) return;
    this.allowed = new Set(ownAddresses(this.environment.host, port));
  }

  /** For a socket's handshake and for whatever changes something: a missing or foreign Origin is refused. */
  allows({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
    if (headers['sec-fetch-site'] === 'cross-site') return false;
    return headers.origin !== undefined && this.allowed.has(headers.origin);
  }

  /**
   * Express middleware. Browsers name their origin with every change, and programs without a cookie act for nobody:
   * so only a request with neither needs no Origin.
   */
  readonly check = (request: Request, _response: Response, next: NextFunction): void => {
    const { method, headers } = request;
    const harmless =
      READING.includes(method) ||
      (headers.origin === undefined &&
        headers.cookie === undefined &&
        headers['sec-fetch-site'] === undefined);
    next(harmless || this.allows(request) ? undefined : new AppError('origin-refused', {}));
  };
}

function ownAddresses(host: string, port: number): string[] {
  const hosts = ['localhost', '127.0.0.1', '[::1]', host.includes(':') ? `[${host}]` : host];
  if (EVERYWHERE.includes(host)) {
    for (const { address, family } of Object.values(networkInterfaces()).flatMap((found) => found ?? [])) {
      hosts.push(family === 'IPv6' ? `[${address}]` : address);
    }
  }
  return hosts
    .map((name) => `http://${name}:${port}`)
    .filter((address) => URL.canParse(address))
    .map((address) => new URL(address).origin);
}
