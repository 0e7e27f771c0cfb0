import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import { problemOf, refusalOf, retryAfter } from './problems.js';
import { requestIdOf } from './request-id.js';

/**
 * Every error over HTTP as problem details. A refusal is an answer and is not logged; anything unknown is `internal`
 * outside, and a full stack with the same reference inside.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const response = http.getResponse<Response>();
    const refusal = refusalOf(error);
    const reference = requestIdOf(response);
    if (!refusal) this.logger.error({ err: error, reference });
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const wire = refusal?.error.toWire() ?? { code: 'internal' as const, details: { reference } };
    const problem = problemOf(wire, reference, refusal?.status);
    const wait = retryAfter(wire);
    if (wait !== undefined) response.setHeader('Retry-After', wait);
    response
      .status(problem.status)
      .setHeader('Cache-Control', 'no-store')
      .type('application/problem+json')
      .send(JSON.stringify(problem));
  }
}
