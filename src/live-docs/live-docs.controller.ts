import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { renderLivePage } from './live-page.js';
import { PROTOCOL_TEXT } from './protocol.js';
import { CONTENT_SECURITY_POLICY } from './stylesheet.js';

/** The live protocol beside the API's own description: a page, and its AsyncAPI document. Nothing of the city. */
@ApiExcludeController()
@Controller('api/docs')
export class LiveDocsController {
  private readable: string | undefined;

  @Get('live')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Content-Security-Policy', CONTENT_SECURITY_POLICY)
  page(): string {
    return (this.readable ??= renderLivePage());
  }

  @Get('live.json')
  @Header('Content-Type', 'application/json; charset=utf-8')
  document(): string {
    return PROTOCOL_TEXT;
  }
}
