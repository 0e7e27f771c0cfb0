import { Controller, Get, Param, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { AppError } from '#libs/contracts';
import { FAVICON, languageOf, LIVE_SCRIPT, LIVE_SCRIPT_PATH, readListQuery, wordsOf } from '#libs/pages';
import { PublicAnswers } from './public-answers.js';
import { PublicPageFilter } from './public-page.filter.js';
import { PublicViewers } from './public-viewers.js';

const FOR_EVER = 'public, max-age=31536000, immutable';

/** Citizens' pages: whole without script, without cookies, the same for everybody and so fit for any cache. */
@ApiExcludeController()
@UseFilters(PublicPageFilter)
@Controller()
export class PublicPagesController {
  constructor(
    private readonly answers: PublicAnswers,
    private readonly viewers: PublicViewers,
  ) {}

  @Get(['/', '/en'])
  list(@Query() query: Record<string, unknown>, @Req() request: Request, @Res() response: Response) {
    return this.answers.list(readListQuery(query), request, response);
  }

  @Get(['/pekerjaan/:name', '/en/pekerjaan/:name'])
  detail(@Param('name') name: string, @Req() request: Request, @Res() response: Response) {
    return this.answers.detail(name, request, response);
  }

  /** All news and questions; the page itself shows the newest. */
  @Get(['/pekerjaan/:name/semua', '/en/pekerjaan/:name/semua'])
  archive(@Param('name') name: string, @Req() request: Request, @Res() response: Response) {
    return this.answers.detail(name, request, response, true);
  }

  /** The live part of the present version, for open pages that ask now and then. */
  @Get(['/pekerjaan/:address/terkini', '/en/pekerjaan/:address/terkini'])
  latest(@Param('address') address: string, @Req() request: Request, @Res() response: Response) {
    return this.answers.livePart(address, request, response);
  }

  /** New versions as they come, from the one the reader has. */
  @Get(['/pekerjaan/:address/peristiwa', '/en/pekerjaan/:address/peristiwa'])
  async events(
    @Param('address') address: string,
    @Query('v') shown: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const found = await this.answers.present(address);
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
}
