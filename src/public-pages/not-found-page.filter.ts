import { Catch, NotFoundException, type ArgumentsHost } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ProblemFilter } from '../http/problem.filter.js';
import { sendErrorPage } from './public-page.filter.js';

const MACHINES = /^\/(?:api|health|socket\.io)(?:\/|$)/;

/** An address that nothing answers: people get a page, programs get problem details. */
@Catch(NotFoundException)
export class NotFoundPageFilter extends ProblemFilter {
  override catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (reads && !MACHINES.test(request.path) && request.accepts(['json', 'html']) === 'html') {
      sendErrorPage(request, host.switchToHttp().getResponse<Response>(), 404);
    } else super.catch(error, host);
  }
}
