import { request, type IncomingHttpHeaders } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { WorkspaceLog } from '#libs/database';
import { PublicService } from '../../../src/public/public.service.js';
import { PublicAnswers } from '../../../src/public-pages/public-answers.js';
import { PublicPages } from '../../../src/public-pages/public-pages.js';
import { LiveApp } from '../../support/live-app.js';
import { freshDatabase } from '../../support/postgres.js';
import { until } from '../../support/until.js';
import { aCity, type City } from './city.js';

const CODE = 'TGS-2026-0001';

let app: LiveApp;
let city: City;
let path: string;
/** Pages that went the whole way. */
let wholeWay: jest.SpiedFunction<PublicAnswers['detail']>;

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

function ask(headers: Record<string, string> = {}, method = 'GET', at = path): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(app.url.replace('localhost', '127.0.0.1') + at, { method, headers, agent: false });
    asked.once('error', reject).once('response', (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.once('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) });
      });
    });
    asked.end();
  });
}

async function publish(summary: string): Promise<void> {
  const { lead } = city.tasks.find(({ sample }) => sample.code === CODE)!;
  await app.get(PublicService).publishPage(lead, { ...city.pageOf(CODE), summary });
}

/** Read anew and sent once each way, as the first reader of this second does it. */
async function readBefore(): Promise<void> {
  await app.get(PublicPages).find(path.slice(-10), true);
  await ask();
  await ask({ 'accept-encoding': 'gzip, deflate, br' });
  wholeWay.mockClear();
}

beforeAll(async () => {
  app = await LiveApp.start(await freshDatabase(), { SIMPUL_FILES_ORIGIN: 'https://berkas.example' });
  const source = app.get(DataSource);
  city = await aCity(source, app.get(WorkspaceLog));
  await publish('Ringkasan pertama.');
  await until(async () => {
    const list = (await ask({}, 'GET', '/')).body.toString();
    path = /\/pekerjaan\/[a-z0-9-]+-[a-z2-9]{10}/.exec(list)?.[0] ?? '';
    return path !== '';
  }, 20_000);
  wholeWay = jest.spyOn(app.get(PublicAnswers), 'detail');
}, 60_000);

afterAll(() => app?.close());

it.each([
  ['plain', {}, (body: Buffer) => body.toString()],
  ['compressed', { 'accept-encoding': 'gzip, deflate, br' }, (body: Buffer) => gunzipSync(body).toString()],
])('a page that just went out goes out again as it was, %s', async (_how, headers, read) => {
  let short: Answer | undefined;
  // A page counts as just gone out for a second only, which a busy machine may need for less.
  await until(async () => {
    await readBefore();
    short = await ask(headers);
    return wholeWay.mock.calls.length === 0;
  }, 20_000);
  if (!short) throw new Error('nothing came');
  wholeWay.mockClear();
  const whole = await ask(headers, 'GET', `${path}?x=1`);
  expect(wholeWay).toHaveBeenCalledTimes(1);
  expect(short.status).toBe(200);
  expect(read(short.body)).toContain('Ringkasan pertama.');
  expect(read(short.body)).toBe(read(whole.body));
  const own = ({ headers: { date: _, 'x-request-id': __, ...others } }: Answer) => others;
  expect(own(short)).toEqual(own(whole));
  expect(short.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  expect(short.headers['x-request-id']).not.toBe(whole.headers['x-request-id']);
});

it('who wants something of their own is answered the whole way', async () => {
  await readBefore();
  const { etag = '' } = (await ask()).headers;
  expect(await ask({ 'if-none-match': etag })).toMatchObject({ status: 304, body: Buffer.alloc(0) });
  expect(await ask({}, 'HEAD')).toMatchObject({ status: 200, body: Buffer.alloc(0) });
  const weighed = await ask({ 'accept-encoding': 'gzip;q=0' });
  expect(weighed.headers['content-encoding']).toBeUndefined();
  const misnamed = await ask({}, 'GET', `/pekerjaan/apa-saja-${path.slice(-10)}`);
  expect(misnamed).toMatchObject({ status: 301, headers: { location: path } });
  expect((await ask({}, 'GET', `/en${path}`)).body.toString()).toContain('<html lang="en">');
});

it('the address of files has no page, also when it was read a moment ago', async () => {
  await readBefore();
  expect((await ask({ host: 'berkas.example' })).status).toBe(404);
  expect((await ask()).status).toBe(200);
});

it('nobody gets an old page once a new one was announced', async () => {
  await readBefore();
  expect((await ask()).body.toString()).toContain('Ringkasan pertama.');
  await publish('Ringkasan kedua.');
  await until(async () => (await ask()).body.includes('Ringkasan kedua.'), 10_000);
  for (let n = 0; n < 5; n++) expect((await ask()).body.toString()).not.toContain('Ringkasan pertama.');
});
