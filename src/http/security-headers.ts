import type { NextFunction, Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';
import type { Environment } from '../config/environment.js';

/**
 * Headers of every answer. Scripts and styles come from our own files only; a page that has an inline one of its own
 * replaces the policy.
 */
export function securityHeaders({
  secureCookie,
  filesOrigin,
}: Pick<Environment, 'secureCookie' | 'filesOrigin'>): RequestHandler {
  const headers = helmet({
    contentSecurityPolicy: false,
    // Only a server that is reached by HTTPS may promise it.
    strictTransportSecurity: secureCookie && { maxAge: 31_536_000 },
    // Browsers ignore these two without HTTPS, and say so on every page.
    crossOriginOpenerPolicy: secureCookie && { policy: 'same-origin' },
    originAgentCluster: secureCookie,
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  });
  const everywhere = policy("'self'", "'self'", filesOrigin);
  // The style sheet of the API's documentation is written into its page.
  const documentation = policy("'self'", "'self' 'unsafe-inline'", undefined);
  return (request: Request, response: Response, next: NextFunction): void => {
    const isApi = request.path.startsWith('/api/');
    const isDocumentation = request.path.startsWith('/api/docs');
    response.setHeader('Content-Security-Policy', isDocumentation ? documentation : everywhere);
    if (isApi && !isDocumentation) response.setHeader('Cache-Control', 'no-store');
    headers(request, response, next);
  };
}

function policy(scripts: string, styles: string, pictures: string | undefined): string {
  return [
    "default-src 'self'",
    `script-src ${scripts}`,
    `style-src ${styles}`,
    `img-src 'self' data:${pictures ? ` ${pictures}` : ''}`,
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
