import { Injectable } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { Counter, type Registry } from 'prom-client';
import { methodOf, routeOf } from '../http/logging.js';

/** Counts requests by the route that answered, never by the path that was asked for. */
@Injectable()
export class HttpMeter {
  private readonly requests = new Counter({
    name: 'simpul_http_requests_total',
    help: 'HTTP requests by route template and status.',
    labelNames: ['method', 'route', 'status'],
    registers: [],
  });

  register(registry: Registry): void {
    registry.registerMetric(this.requests);
  }

  /** Express middleware, before all others. */
  readonly count = (request: Request, response: Response, next: NextFunction): void => {
    response.once('close', () => {
      this.requests.inc({
        method: methodOf(request),
        route: routeOf(request),
        status: response.headersSent ? response.statusCode : 'none',
      });
    });
    next();
  };
}
