import type { OutgoingHttpHeaders } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AppError } from '#libs/contracts';
import { CONTENT_SECURITY_POLICY, languageOf, type ListQuery, pagePath, wordsOf } from '#libs/pages';
import { PublicPages, type Answer, type PageAt } from './public-pages.js';
import { PublicRenders, type Rendered } from './public-renders.js';

const HTML = 'text/html; charset=utf-8';
const SHARED = 'public, max-age=5, stale-while-revalidate=30';

/** Sends citizens' pages: the bytes made once for each version, fit for any cache on the way. */
@Injectable()
export class PublicAnswers {
  constructor(
    private readonly pages: PublicPages,
    private readonly renders: PublicRenders,
  ) {}

  async list(wanted: ListQuery, request: Request, response: Response): Promise<void> {
    const [list, facets] = await Promise.all([this.pages.list(wanted), this.pages.facets()]);
    const rendered = this.renders.list(wanted, list.value, facets.value, languageOf(request.path));
    await send(request, response, rendered, HTML, list.stale);
  }

  /** @throws AppError as `present` */
  async detail(name: string, request: Request, response: Response, all = false): Promise<void> {
    const found = await this.present(name.slice(name.lastIndexOf('-') + 1));
    const language = languageOf(request.path);
    const own = pagePath(found.value.page, wordsOf(language)) + (all ? '/semua' : '');
    // The word at the end finds the page; whatever was before it is put right.
    if (name !== own.split('/').at(all ? -2 : -1)) {
      response.set('Cache-Control', 'public, max-age=300').redirect(301, own);
      return;
    }
    await send(request, response, this.renders.detail(found, language, all), HTML, found.stale);
  }

  /** The live part of a page, as JSON. @throws AppError as `present` */
  async livePart(address: string, request: Request, response: Response): Promise<void> {
    const found = await this.present(address);
    const rendered = this.renders.change(found.value, languageOf(request.path));
    await send(request, response, rendered, 'application/json; charset=utf-8', found.stale);
  }

  /** @throws AppError `not-found` for what does not exist and for what is not published, alike */
  async present(address: string): Promise<Answer<PageAt>> {
    const found = await this.pages.find(address);
    if (!found) throw new AppError('not-found', {});
    return found;
  }
}

async function send(
  request: Request,
  response: Response,
  rendered: Rendered,
  type: string,
  stale: boolean,
): Promise<void> {
  response.set({
    'Content-Type': type,
    'Cache-Control': stale ? 'no-store' : SHARED,
    ETag: rendered.etag,
    Vary: 'Accept-Encoding',
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    'X-Content-Type-Options': 'nosniff',
  });
  if (request.fresh) {
    response.status(304).end();
    return;
  }
  const packed = Boolean(request.acceptsEncodings('gzip'));
  const body = packed ? await rendered.zipped() : rendered.body;
  if (packed) response.set('Content-Encoding', 'gzip');
  response.set('Content-Length', String(body.length));
  if (!stale) rendered.sent[packed ? 'packed' : 'plain'] ??= { headers: headersOf(response), body };
  response.end(body);
}

function headersOf(response: Response): OutgoingHttpHeaders {
  const { 'x-request-id': _, ...headers } = response.getHeaders();
  return headers;
}
