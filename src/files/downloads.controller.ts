import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Controller, Get, Logger, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { AppError, PREVIEW_TYPES } from '#libs/contracts';
import { AuthService } from '../auth/auth.service.js';
import { Environment } from '../config/environment.js';
import { SessionCookie } from '../http/session-cookie.js';
import { byteRange } from './byte-range.js';
import { contentDisposition } from './content-disposition.js';
import type { ByteRange } from './file-store.js';
import type { FileRow } from './file.rows.js';
import { FilesService } from './files.service.js';

/** Hands out bytes to who has a link. Whatever a file says it is, nothing in it can act as this site. */
@ApiExcludeController()
@Controller('files')
export class DownloadsController {
  private readonly logger = new Logger('Files');

  constructor(
    private readonly files: FilesService,
    private readonly auth: AuthService,
    private readonly environment: Environment,
    private readonly cookie: SessionCookie,
  ) {}

  @Get(':token')
  async download(
    @Param('token') token: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { row, link } = await this.files.follow(token);
    await this.assertSamePerson(request, link.personId);
    const size = Number(row.size);
    const range = byteRange(request.headers.range, size);
    if (range === 'outside') {
      response.setHeader('Content-Range', `bytes */${size}`).status(416).end();
      return;
    }
    const content = request.method === 'HEAD' ? null : await this.open(row, range);
    describe(response, row, link.use === 'preview' && PREVIEW_TYPES.has(row.media_type ?? ''));
    // Embedded from the app when files have an origin of their own.
    if (this.environment.filesOrigin) response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    const length = range ? range.last - range.first + 1 : size;
    response.setHeader('Content-Length', length).status(range ? 206 : 200);
    if (range) response.setHeader('Content-Range', `bytes ${range.first}-${range.last}/${size}`);
    if (content === null) {
      response.end();
      return;
    }
    await pipeline(content, response).catch((error: unknown) => {
      // Who went away needs nothing more.
      if (!response.destroyed) throw error;
    });
  }

  private async open(row: FileRow, range: ByteRange | null): Promise<Readable> {
    try {
      return await this.files.store.open(row.storage_key, range ?? undefined);
    } catch (error) {
      this.logger.error({ err: error, msg: 'the bytes of a file are not here' });
      throw new AppError('unavailable', {});
    }
  }

  /** At the app's own address the browser says who is there; at another one the link alone has to do. */
  private async assertSamePerson({ headers }: Request, personId: string): Promise<void> {
    if (this.environment.filesOrigin) return;
    const token = this.cookie.read(headers.cookie);
    const signedIn = token === null ? null : await this.auth.sessionOf(token);
    if (signedIn?.person.id !== personId) throw new AppError('not-found', {});
  }
}

function describe(response: Response, row: FileRow, inline: boolean): void {
  const mediaType = row.media_type ?? 'application/octet-stream';
  response
    .setHeader('Content-Type', mediaType === 'text/plain' ? 'text/plain; charset=utf-8' : mediaType)
    .setHeader('Content-Disposition', contentDisposition(inline ? 'inline' : 'attachment', row.name))
    .setHeader(
      'Content-Security-Policy',
      "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    )
    .setHeader('X-Content-Type-Options', 'nosniff')
    .setHeader('Cache-Control', 'private, no-store')
    .setHeader('Accept-Ranges', 'bytes')
    .setHeader('ETag', `"${row.id}"`);
}
