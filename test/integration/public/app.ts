import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Test } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { WorkspaceLog } from '#libs/database';
import { AuthModule } from '../../../src/auth/auth.module.js';
import { ConfigModule } from '../../../src/config/config.module.js';
import { Environment } from '../../../src/config/environment.js';
import { DatabaseModule } from '../../../src/database/database.module.js';
import { HttpModule } from '../../../src/http/http.module.js';
import { PublicModule } from '../../../src/public/public.module.js';
import { PublicProjection } from '../../../src/public-pages/public-projection.js';
import { PublicService } from '../../../src/public/public.service.js';
import { PUBLIC_LIMITS, PublicViewers, type PublicLimits } from '../../../src/public-pages/public-viewers.js';
import { LiveModule } from '../../../src/realtime/live.module.js';

export interface PublicApp {
  url: string;
  source: DataSource;
  log: WorkspaceLog;
  service: PublicService;
  viewers: PublicViewers;
  projection: PublicProjection;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  events(path: string, headers?: Record<string, string>): Promise<Events>;
  close(): Promise<void>;
}

export interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  body: string;
}

/** The public side with what it stands on, without sign-in, on a port of its own. */
export async function publicApp(databaseUrl: string, limits?: PublicLimits): Promise<PublicApp> {
  const environment = Environment.read({
    DATABASE_URL: databaseUrl,
    PORT: '0',
    HOST: '127.0.0.1',
    SIMPUL_POOL_SIZE: '4',
  });
  const building = Test.createTestingModule({
    imports: [
      ConfigModule.for(environment),
      DatabaseModule,
      HttpModule,
      LiveModule,
      AuthModule,
      PublicModule,
    ],
  });
  if (limits) building.overrideProvider(PUBLIC_LIMITS).useValue(limits);
  const app = (await building.compile()).createNestApplication({ logger: ['error'] });
  await app.listen(0, '127.0.0.1');
  const { port } = (app.getHttpServer() as { address(): AddressInfo }).address();
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    source: app.get(DataSource),
    log: app.get(WorkspaceLog),
    service: app.get(PublicService),
    viewers: app.get(PublicViewers),
    projection: app.get(PublicProjection),
    get: (path, headers = {}) => ask(url + path, headers),
    events: (path, headers = {}) => Events.open(url + path, headers),
    close: () => app.close(),
  };
}

async function ask(url: string, headers: Record<string, string>): Promise<Answer> {
  const answer = await open(url, headers);
  let body = '';
  for await (const part of answer.setEncoding('utf8')) body += String(part);
  return { status: answer.statusCode ?? 0, headers: answer.headers, body };
}

async function open(url: string, headers: Record<string, string>): Promise<IncomingMessage> {
  const asked = request(url, { headers, agent: false });
  asked.end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  return answer;
}

export interface ServerEvent {
  id: string;
  event: string;
  data: string;
}

/** A reader of server-sent events that shows what it got when what it waits for does not come. */
export class Events {
  private readonly got: ServerEvent[] = [];
  private taken = 0;
  private wake: () => void = () => undefined;
  ended = false;

  private constructor(readonly answer: IncomingMessage) {
    let text = '';
    answer.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      const whole = text.split('\n\n');
      text = whole.pop() ?? '';
      for (const each of whole) {
        const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, 'm').exec(each)?.[1] ?? '';
        if (/^(data|event):/m.test(each))
          this.got.push({ id: field('id'), event: field('event') || 'message', data: field('data') });
      }
      this.wake();
    });
    answer.on('close', () => {
      this.ended = true;
      this.wake();
    });
    answer.on('error', () => undefined);
  }

  static async open(url: string, headers: Record<string, string>): Promise<Events> {
    return new Events(await open(url, headers));
  }

  async next(timeout = 5_000): Promise<ServerEvent> {
    await this.until(() => this.got.length > this.taken, timeout);
    return this.got[this.taken++]!;
  }

  async end(timeout = 5_000): Promise<void> {
    await this.until(() => this.ended, timeout);
  }

  close(): void {
    this.answer.destroy();
  }

  private async until(done: () => boolean, timeout: number): Promise<void> {
    const last = Date.now() + timeout;
    while (!done()) {
      const left = last - Date.now();
      if (left <= 0) throw new Error(`nothing came; got so far: ${JSON.stringify(this.got)}`);
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        timer = setTimeout(resolve, left);
      });
      clearTimeout(timer);
    }
  }
}
