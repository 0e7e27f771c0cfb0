import { Controller, Get, Param, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { AppError } from '#libs/contracts';
import {
  CONTENT_SECURITY_POLICY,
  FAVICON,
  languageOf,
  LIVE_SCRIPT,
  LIVE_SCRIPT_PATH,
  pagePath,
  readListQuery,
  wordsOf,
} from '#libs/pages';
import { PublicPageFilter } from './public-page.filter.js';
import { PublicPages, type Answer, type PageAt } from './public-pages.js';
import { PublicRenders, type Rendered } from './public-renders.js';
import { PublicViewers } from './public-viewers.js';

const HTML = 'text/html; charset=utf-8';
const SHARED = 'public, max-age=5, stale-while-revalidate=30';
const FOR_EVER = 'public, max-age=31536000, immutable';

/** Citizens' pages: whole without script, without cookies, the same for everybody and so fit for any cache. */
@ApiExcludeController()
@UseFilters(PublicPageFilter)
@Controller()
export class PublicPagesController {
  constructor(
    private readonly pages: PublicPages,
    private readonly renders: PublicRenders,
    private readonly viewers: PublicViewers,
  ) {}

  @Get(['/', '/en'])
  async list(@Query() query: Record<string, unknown>, @Req() request: Request, @Res() response: Response) {
    const wanted = readListQuery(query);
    const [list, facets] = await Promise.all([this.pages.list(wanted), this.pages.facets()]);
    const rendered = this.renders.list(wanted, list.value, facets.value, languageOf(request.path));
    await send(request, response, rendered, HTML, list.stale);
  }

  @Get(['/pekerjaan/:name', '/en/pekerjaan/:name'])
  detail(@Param('name') name: string, @Req() request: Request, @Res() response: Response) {
    return this.sendDetail(name, request, response, false);
  }

  /** All news and questions; the page itself shows the newest. */
  @Get(['/pekerjaan/:name/semua', '/en/pekerjaan/:name/semua'])
  archive(@Param('name') name: string, @Req() request: Request, @Res() response: Response) {
    return this.sendDetail(name, request, response, true);
  }

  /** The live part of the present version, for open pages that ask now and then. */
  @Get(['/pekerjaan/:address/terkini', '/en/pekerjaan/:address/terkini'])
  async latest(@Param('address') address: string, @Req() request: Request, @Res() response: Response) {
    const found = await this.present(address);
    const rendered = this.renders.change(found.value, languageOf(request.path));
    await send(request, response, rendered, 'application/json; charset=utf-8', found.stale);
  }

  /** New versions as they come, from the one the reader has. */
  @Get(['/pekerjaan/:address/peristiwa', '/en/pekerjaan/:address/peristiwa'])
  async events(
    @Param('address') address: string,
    @Query('v') shown: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const found = await this.present(address);
    if (!this.viewers.hasPlaceFor(request.ip ?? '') || found.stale) {
      response.status(503).set({ 'Retry-After': '60', 'Cache-Control': 'no-store' }).end();
      return;
    }
    const last = request.get('Last-Event-ID') ?? (typeof shown === 'string' ? shown : '');
    await this.viewers.add(response, found.value, languageOf(request.path), last);
  }

  @Get(LIVE_SCRIPT_PATH)
  script(@Res() response: Response) {
    response
      .set({ 'Content-Type': 'text/javascript; charset=utf-8', 'Cache-Control': FOR_EVER })
      .end(LIVE_SCRIPT);
  }

  @Get('/favicon.svg')
  favicon(@Res() response: Response) {
    response.set({ 'Content-Type': 'image/svg+xml', 'Cache-Control': 'public, max-age=86400' }).end(FAVICON);
  }

  @Get('/robots.txt')
  robots(@Res() response: Response) {
    response
      .set({ 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'public, max-age=86400' })
      .end('User-agent: *\nDisallow: /app\nDisallow: /api\n');
  }

  @Get(['/pekerjaan', '/en/pekerjaan'])
  works(@Req() request: Request, @Res() response: Response) {
    response
      .set('Cache-Control', 'public, max-age=300')
      .redirect(301, wordsOf(languageOf(request.path)).prefix || '/');
  }

  @Get(['/pekerjaan/*rest', '/en/*rest'])
  nothing(): never {
    throw new AppError('not-found', {});
  }

  private async sendDetail(name: string, request: Request, response: Response, all: boolean): Promise<void> {
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

  /** @throws AppError `not-found` for what does not exist and for what is not published, alike */
  private async present(address: string): Promise<Answer<PageAt>> {
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
  if (!request.acceptsEncodings('gzip')) {
    response.end(rendered.body);
    return;
  }
  const zipped = await rendered.zipped();
  response.set('Content-Encoding', 'gzip').end(zipped);
}
