import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { once } from 'node:events';
import { DataSource } from 'typeorm';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Logger } from 'pino';
import type { ErrorCode, ErrorDetails } from '#libs/contracts';
import { createApplication, listen } from '../../../src/application.js';
import { AuthService } from '../../../src/auth/auth.service.js';
import { Environment } from '../../../src/config/environment.js';
import { freshDatabase } from '../../support/postgres.js';

export interface Answer {
  status: number;
  headers: Headers;
  /** The sign-in's cookie as a browser would send it back. */
  cookie: string | undefined;
  body: unknown;
}

export interface Ask {
  body?: unknown;
  /** Sent as it is, in place of `body`. */
  raw?: string | Buffer;
  cookie?: string;
  headers?: Record<string, string>;
}

export interface Person {
  id: string;
  nip: string;
  email: string;
  password: string;
}

/** The whole app over HTTP, on a database of its own. */
export class AuthApp {
  private constructor(
    readonly url: string,
    readonly app: NestExpressApplication,
    readonly source: DataSource,
    readonly auth: AuthService,
    readonly databaseUrl: string,
  ) {}

  static async start(
    databaseUrl?: string,
    settings: Record<string, string> = {},
    logger?: Logger,
  ): Promise<AuthApp> {
    const url = databaseUrl ?? (await freshDatabase());
    const environment = Environment.read({
      DATABASE_URL: url,
      PORT: '0',
      HOST: '127.0.0.1',
      SIMPUL_POOL_SIZE: '4',
      SIMPUL_INSTANCE: 'test',
      // So that a test can come from many addresses.
      SIMPUL_TRUST_PROXY: '1',
      LOG_LEVEL: 'silent',
      ...settings,
    });
    const app = await createApplication(environment, logger);
    const address = await listen(app, environment);
    return new AuthApp(address, app, app.get(DataSource), app.get(AuthService), url);
  }

  async person(changes: Partial<Person> = {}): Promise<Person> {
    const person = {
      id: randomUUID(),
      nip: aNip(),
      email: `p${counter}@contoh.go.id`,
      password: 'rahasia kota',
      ...changes,
    };
    await this.source.query('INSERT INTO persons (id, nip, name, email) VALUES ($1, $2, $3, $4)', [
      person.id,
      person.nip,
      'Dewi Lestari',
      person.email,
    ]);
    await this.auth.createAccount(person.id, person.password);
    return person;
  }

  signIn(login: string, password: string, ask: Ask = {}): Promise<Answer> {
    return this.ask('POST', '/api/session', { ...ask, body: { login, password } });
  }

  /** As our own page asks: with its Origin. */
  async ask(method: string, path: string, { body, raw, cookie, headers }: Ask = {}): Promise<Answer> {
    const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const asked = request(this.url + path, {
      method,
      agent: false,
      headers: {
        Origin: this.url,
        ...(content !== undefined && {
          'Content-Type': 'application/json',
          'Content-Length': Buffer.byteLength(content),
        }),
        ...(cookie !== undefined && { Cookie: cookie }),
        ...headers,
      },
    });
    // A refused body is not read to its end.
    asked.on('error', () => undefined);
    asked.end(content);
    const [answer] = (await once(asked, 'response')) as [import('node:http').IncomingMessage];
    let text = '';
    for await (const part of answer.setEncoding('utf8')) text += String(part);
    const set = answer.headers['set-cookie']?.[0];
    return {
      status: answer.statusCode ?? 0,
      headers: new Headers(Object.entries(answer.headers).map(([name, value]) => [name, String(value)])),
      cookie: set?.split(';')[0],
      body: isJson.test(answer.headers['content-type'] ?? '')
        ? (JSON.parse(text) as unknown)
        : text || undefined,
    };
  }

  close(): Promise<void> {
    return this.app.close();
  }
}

const isJson = /[/+]json\b/;

/** What a refusal looks like, to the letter; each request has an id of its own. */
export function problem<C extends ErrorCode>(status: number, code: C, details: ErrorDetails[C]): object {
  const title = code.replaceAll(/[.-]/g, ' ');
  return {
    type: `urn:simpul:problem:${code}`,
    title,
    status,
    code,
    details,
    requestId: expect.any(String) as string,
  };
}

let counter = 0;

function aNip(): string {
  counter++;
  return `19860926201505${String(1_000 + counter)}`;
}
