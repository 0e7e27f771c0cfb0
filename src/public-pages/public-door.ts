import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { languageOf, pagePath, wordsOf } from '#libs/pages';
import { Environment } from '../config/environment.js';
import { PublicPages } from './public-pages.js';
import { PublicRenders, type Sent } from './public-renders.js';

const DETAIL = /^(?:\/en)?\/pekerjaan\/[a-z0-9-]+-([a-z2-9]{10})$/;

/** With one of these a request wants something of its own. */
const OWN_WISHES = ['if-none-match', 'if-modified-since', 'range', 'cache-control'];

/**
 * The short way to a citizen's page: what Express and Nest do around an answer costs many times what sending it does.
 * Whoever asks for a page that went out within the last second gets the same headers and bytes before all that;
 * everything else goes the whole way.
 */
@Injectable()
export class PublicDoor {
  /** The address that has files and nothing else; what is asked there goes the whole way, to be refused. */
  private readonly filesHost: string | undefined;

  constructor(
    private readonly pages: PublicPages,
    private readonly renders: PublicRenders,
    { filesOrigin }: Environment,
  ) {
    this.filesHost = filesOrigin && new URL(filesOrigin).host;
  }

  /** Puts the door before the server's listeners. `watchers` see each answer: the log and the figures. */
  standBefore(server: Server, watchers: readonly RequestHandler[]): void {
    const behind = server.listeners('request') as ((
      request: IncomingMessage,
      response: ServerResponse,
    ) => void)[];
    server.removeAllListeners('request');
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const sent = this.ready(request);
      if (sent)
        watched(watchers, request, response, () => response.writeHead(200, sent.headers).end(sent.body));
      else for (const listener of behind) listener.call(server, request, response);
    });
  }

  private ready({ method, url = '', headers }: IncomingMessage): Sent | undefined {
    const [path, address] = (method === 'GET' && DETAIL.exec(url)) || [];
    if (path === undefined || address === undefined) return undefined;
    if (this.filesHost !== undefined && headers.host?.toLowerCase() === this.filesHost) return undefined;
    const encoding = headers['accept-encoding'] ?? '';
    // Where somebody weighs one against the other, Express knows how to read it.
    if (encoding.includes('q=') || OWN_WISHES.some((name) => name in headers)) return undefined;
    const found = this.pages.known(address);
    const language = languageOf(path);
    if (!found || path !== pagePath(found.value.page, wordsOf(language))) return undefined;
    const { sent } = this.renders.detail(found, language, false);
    return encoding.includes('gzip') ? sent.packed : sent.plain;
  }
}

/** As if it had come through Express, with what the watchers look at. */
function watched(
  watchers: readonly RequestHandler[],
  request: IncomingMessage,
  response: ServerResponse,
  answer: () => void,
): void {
  const routed = { originalUrl: request.url, route: { path: '/pekerjaan/:name' }, params: {} };
  const seen = Object.assign(request, routed) as unknown as Request;
  const step = (index: number): void => {
    const watcher = watchers[index];
    if (!watcher) return answer();
    const next: NextFunction = () => step(index + 1);
    void watcher(seen, response as Response, next);
  };
  step(0);
}
