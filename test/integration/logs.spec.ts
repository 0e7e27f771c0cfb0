import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { Logger as PinoLogger } from 'pino';
import { createLogger } from '../../src/http/logging.js';
import { toRefusal } from '../../src/realtime/ack.js';
import { AuthApp } from './auth/app.js';

const NIP = '198609262015051001';
const SPACED = '19860926 201505 1 001';
const EMAIL = 'dewi.lestari@contoh.go.id';
const NAME = 'Dewi Lestari';
const WORDS = 'Pompa di Telanaipura mati sejak subuh';
const PERSONAL = [NIP, SPACED, '19860926', EMAIL, 'dewi', NAME, 'Dewi', 'Lestari', WORDS, 'Telanaipura'];

let app: AuthApp;
let logger: PinoLogger;
const lines: string[] = [];

beforeAll(async () => {
  logger = createLogger({ logLevel: 'trace', instance: 'test' }, { write: (line) => void lines.push(line) });
  app = await AuthApp.start(undefined, {}, logger);
}, 60_000);

beforeEach(() => {
  lines.length = 0;
});

afterAll(() => app?.close());

/** Lines with this id or, without one, all. Waits for it: a request's line is written after its answer. */
async function linesOf(reference: string): Promise<Record<string, unknown>[]> {
  const found = () =>
    lines
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter((line) => line['reference'] === reference);
  await expectSoon(() => found().some((line) => line['msg'] === 'request'));
  return found();
}

async function expectSoon(done: () => boolean): Promise<void> {
  const until = performance.now() + 5_000;
  while (!done() && performance.now() < until) await new Promise((resolve) => setImmediate(resolve));
  expect(done()).toBe(true);
}

function expectNothingPersonal(): void {
  const text = lines.join('');
  expect(text).not.toBe('');
  expect(PERSONAL.filter((word) => text.includes(word) || text.includes(encodeURIComponent(word)))).toEqual(
    [],
  );
}

/** The real error that PostgreSQL and TypeORM make of a statement. */
async function errorOf(sql: string, parameters: unknown[]): Promise<Error> {
  const error: unknown = await app.source.query(sql, parameters).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error('the statement was expected to fail');
  return error;
}

describe('the id of a request', () => {
  const ask = (id: string) => app.ask('GET', '/api/session', { headers: { 'X-Request-Id': id } });

  it('of a trusted proxy is kept: in the header, in the problem and in the log', async () => {
    const id = `proxy_1.${randomUUID()}`;
    const answer = await ask(id);
    expect(answer.headers.get('x-request-id')).toBe(id);
    expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated', requestId: id } });
    expect(await linesOf(id)).toMatchObject([{ method: 'GET', route: '/api/session', status: 401 }]);
  });

  it.each(['short', 'x'.repeat(65), 'a b c d e f g h', 'a"b\\c{d}e', NIP, '19860926.201505.1.001', EMAIL])(
    'that is not sane is replaced: %s',
    async (id) => {
      const answer = await ask(id);
      const own = answer.headers.get('x-request-id') ?? '';
      expect(own).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
      expect(answer.body).toMatchObject({ requestId: own });
      expect(await linesOf(own)).toHaveLength(1);
      expectNothingPersonal();
    },
  );

  it('of anybody else is replaced', async () => {
    const direct = await AuthApp.start(app.databaseUrl, { SIMPUL_TRUST_PROXY: '0' }, logger);
    try {
      const answer = await direct.ask('GET', '/api/session', {
        headers: { 'X-Request-Id': 'somebody-else' },
      });
      expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
    } finally {
      await direct.close();
    }
  });
});

describe('nothing personal is in the log', () => {
  it.each([NIP, SPACED, EMAIL, NAME, WORDS])('of a path, a query or a body: %s', async (word) => {
    const encoded = encodeURIComponent(word);
    const asked = [
      await app.ask('GET', `/api/session?q=${encoded}`),
      await app.ask('GET', `/api/${encoded}`),
      await app.ask('GET', `/pekerjaan/${encoded}?cari=${encoded}`),
      await app.ask('GET', `/app/${encoded}`),
      await app.ask('GET', `/${encoded}/%E0%A4%A`),
      await app.ask('POST', '/api/session', { body: { login: word, password: word } }),
      await app.ask('POST', '/api/session', { raw: `{"login": "${word}" ${word}` }),
      await app.ask('POST', '/api/session', { body: { [word]: word } }),
    ];
    for (const answer of asked) {
      const id = answer.headers.get('x-request-id') ?? '';
      expect(await linesOf(id)).not.toEqual([]);
    }
    expectNothingPersonal();
  });

  it.each([
    ['a value of the wrong type', 'SELECT $1::text::uuid', [NAME]],
    ['one with marks in it', 'SELECT $1::text::uuid', [`a "${NAME}" b`]],
    ['a number that is too long', 'SELECT $1::text::int', [NIP]],
    ['a day that is none', 'SELECT $1::text::date', [SPACED]],
    ['malformed JSON', 'SELECT $1::text::jsonb', [`{"a": ${WORDS}}`]],
    ['a missing column', 'INSERT INTO persons (name) VALUES ($1)', [NAME]],
    [
      'a missing parent',
      'INSERT INTO accounts (person_id, password_hash) VALUES ($1, $2)',
      [randomUUID(), NAME],
    ],
    [
      'the same key twice',
      'INSERT INTO persons (id, nip, name) VALUES ($1, $2, $3), ($4, $2, $3)',
      [randomUUID(), NIP, NAME, randomUUID()],
    ],
    [
      'an error of a procedure',
      `DO $$ BEGIN RAISE EXCEPTION 'not "%"', '${NAME}' USING DETAIL = '${WORDS}', HINT = '${EMAIL}'; END $$`,
      [],
    ],
  ])('of what PostgreSQL says about %s', async (_, sql, parameters) => {
    const error = await errorOf(sql, parameters);
    Logger.error({ err: error }, 'Test');
    Logger.error(error, 'Test');
    Logger.error(error.stack, 'Test');
    Logger.error(error.message, error.stack, 'Test');
    toRefusal(error, 'connection');
    toRefusal(new Error('it failed', { cause: error }), 'connection');
    expect(lines).toHaveLength(6);
    expect(lines[0]).toMatch(/"code":"(?:22|23|P0)\w+"/);
    expectNothingPersonal();
  });

  it('of a text that is no JSON, or of an object that is logged as it is', () => {
    const broken = (() => {
      try {
        return JSON.parse(`{"body": ${WORDS}`) as unknown;
      } catch (error) {
        return error;
      }
    })();
    expect(broken).toBeInstanceOf(SyntaxError);
    Logger.error({ err: broken }, 'Test');
    Logger.warn({ name: NAME, nip: NIP, message: { body: WORDS }, msg: `of ${SPACED} and ${EMAIL}` }, 'Test');
    Logger.log([NAME, { email: EMAIL }], 'Test');
    Logger.log(`of ${NIP}, ${SPACED} and ${EMAIL}`, 'Test');
    expect(lines).toHaveLength(4);
    expectNothingPersonal();
  });
});
