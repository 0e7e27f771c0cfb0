import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Logger } from 'pino';
import { AppModule } from './app.module.js';
import type { Environment } from './config/environment.js';
import { createLogger, NestLog, requestLog } from './http/logging.js';
import { serveOpenApi } from './http/open-api.js';
import { filesApart } from './http/files-origin.js';
import { OriginPolicy } from './http/origin.policy.js';
import { BODY_BYTES, unreadableBody } from './http/problems.js';
import type { Trust } from './http/request-id.js';
import { securityHeaders } from './http/security-headers.js';
import { serveWebClient } from './http/web-client.js';
import { HttpMeter } from './metrics/metrics.module.js';
import { PublicDoor } from './public-pages/public-pages.module.js';
import { SocketIoAdapter } from './realtime/socket-io.adapter.js';
import { Tracing } from './tracing/tracing.module.js';

/** Where Vite puts the client: beside this file's folder in dist. */
export const WEB_CLIENT = fileURLToPath(new URL('../web', import.meta.url));

/**
 * The app with all that stands before its routes, not yet initialised: `main.ts` and tests start it alike.
 * `environment.databaseUrl` names a migrated database.
 */
export async function createApplication(
  environment: Environment,
  logger: Logger = createLogger(environment),
): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.for(environment), {
    bodyParser: false,
    logger: new NestLog(logger),
    abortOnError: false,
  });
  app.disable('x-powered-by');
  app.set('trust proxy', environment.trustProxy);
  const trusts = app.getHttpAdapter().getInstance().get('trust proxy fn') as Trust;
  const watchers = [
    ...(environment.metricsPort === undefined ? [] : [app.get(HttpMeter).count]),
    ...(environment.tracesEndpoint === undefined ? [] : [app.get(Tracing).request]),
    requestLog(logger, trusts),
  ];
  for (const watcher of watchers) app.use(watcher);
  app.use(securityHeaders(environment));
  if (environment.filesOrigin !== undefined) app.use(filesApart(environment.filesOrigin));
  app.use(app.get(OriginPolicy).check);
  serveWebClient(app, WEB_CLIENT);
  app.useBodyParser('json', { limit: BODY_BYTES });
  app.use(unreadableBody);
  app.useWebSocketAdapter(new SocketIoAdapter(app));
  serveOpenApi(app);
  app.get(PublicDoor).standBefore(app.getHttpServer(), watchers);
  return app;
}

/** Opens the port, and tells the origin policy which one it became. Answers the address for a browser. */
export async function listen(app: NestExpressApplication, { host, port }: Environment): Promise<string> {
  await app.listen(port, host);
  const bound = app.getHttpServer().address() as { port: number };
  app.get(OriginPolicy).serveAt(bound.port);
  return addressOf(host, bound.port);
}

/** How a browser on this computer finds a server that listens there. */
export function addressOf(host: string, port: number): string {
  const isLocal = ['0.0.0.0', '::', '127.0.0.1', '::1', 'localhost'].includes(host);
  const name = isLocal ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
