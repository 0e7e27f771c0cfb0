import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { NextFunction, Request, Response } from 'express';
import type { NestExpressApplication } from '@nestjs/platform-express';

const YEAR_MS = 365 * 24 * 60 * 60 * 1_000;

/** Whether the React client was built. */
export function isWebClientBuilt(folder: string): boolean {
  return existsSync(join(folder, 'index.html'));
}

/**
 * Serves the built client under /app. Files with a hash in their name never change; everything else is asked for
 * again each time. An address inside the client that is no file gets its page.
 */
export function serveWebClient(app: NestExpressApplication, folder: string): void {
  const hashed = join(folder, 'assets') + sep;
  app.useStaticAssets(folder, {
    prefix: '/app',
    index: false,
    redirect: false,
    setHeaders: (response: Response, path: string) => {
      const always = path.startsWith(hashed);
      response.setHeader(
        'Cache-Control',
        always ? `public, max-age=${YEAR_MS / 1_000}, immutable` : 'no-cache',
      );
    },
  });
  app.use('/app', (request: Request, response: Response, next: NextFunction): void => {
    const isPage =
      ['GET', 'HEAD'].includes(request.method) && !/^\/assets\/|\.[a-z0-9]+$/i.test(request.path);
    if (!isPage) return next();
    if (!isWebClientBuilt(folder)) {
      response.status(503).type('text/plain').send(NOT_BUILT);
      return;
    }
    allowInline(response, readFileSync(join(folder, 'index.html'), 'utf8'));
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile(join(folder, 'index.html'), { cacheControl: false });
  });
}

/** The page dresses itself before its scripts have come: what stands in it may run, by its hash. */
function allowInline(response: Response, page: string): void {
  const hashes = [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
    ([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
  );
  const policy = String(response.getHeader('Content-Security-Policy'));
  response.setHeader(
    'Content-Security-Policy',
    policy.replace("script-src 'self'", ["script-src 'self'", ...hashes].join(' ')),
  );
}

const NOT_BUILT =
  'Halaman kerja belum dibangun. Jalankan: npm run build:web\n' +
  'The web client is not built yet. Run: npm run build:web\n';
