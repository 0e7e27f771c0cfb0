import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AppError } from '#libs/contracts';
import { asAppError } from '#libs/database';
import { CONTENT_SECURITY_POLICY, languageOf, renderErrorPage, wordsOf } from '#libs/pages';
import { requestIdOf } from '../http/request-id.js';

/** Citizens get a page that says where to go on, never problem details. */
@Catch()
export class PublicPageFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const response = http.getResponse<Response>();
    const status = statusOf(error);
    if (status === 500) {
      Logger.error({ err: error, reference: requestIdOf(response) }, 'Public');
    }
    if (response.headersSent) response.destroy();
    else sendErrorPage(http.getRequest<Request>(), response, status);
  }
}

/** The citizens' page for a status, in the language of the address. */
export function sendErrorPage(request: Request, response: Response, status: number): void {
  if (status === 503 || status === 429) response.set('Retry-After', '10');
  response
    .status(status)
    .set({
      'Content-Type': 'text/html; charset=utf-8',
      // One answer for what is absent and for what is not published, down to the headers.
      'Cache-Control': status === 404 ? 'public, max-age=5' : 'no-store',
      'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    })
    .removeHeader('ETag');
  response.end(renderErrorPage(status, wordsOf(languageOf(request.path))));
}

function statusOf(error: unknown): number {
  const known = asAppError(error);
  if (known instanceof AppError) {
    if (known.code === 'not-found') return 404;
    if (known.code === 'unavailable') return 503;
    return known.code === 'rate-limited' ? 429 : 500;
  }
  return known instanceof HttpException ? known.getStatus() : 500;
}
