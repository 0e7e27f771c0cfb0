import { randomBytes } from 'node:crypto';
import { LIMITS } from '#libs/contracts';
import { SessionSweeper } from '../../../src/auth/session-sweeper.js';
import { Peer } from '../../support/live-app.js';
import { until } from '../../support/until.js';
import { AuthApp, problem, type Person } from './app.js';

let app: AuthApp;
let other: AuthApp;
let dewi: Person;

beforeAll(async () => {
  app = await AuthApp.start();
  other = await AuthApp.start(app.databaseUrl);
});

beforeEach(async () => {
  dewi = await app.person();
});

afterAll(async () => {
  await other.close();
  await app.close();
});

async function signedIn(): Promise<string> {
  const { cookie } = await app.signIn(dewi.nip, dewi.password);
  if (!cookie) throw new Error('not signed in');
  return cookie;
}

const whoAmI = async (cookie: string | undefined, at = app) =>
  (await at.ask('GET', '/api/session', { cookie })).status;

describe('a sign-in', () => {
  it('holds on every instance', async () => {
    expect(await whoAmI(await signedIn(), other)).toBe(200);
  });

  it('ends where its owner signs out, and the others go on', async () => {
    const [here, there] = [await signedIn(), await signedIn()];
    const answer = await app.ask('DELETE', '/api/session', { cookie: here });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('set-cookie')).toMatch(/^simpul_session=; Path=\/; Expires=Thu, 01 Jan 1970/);
    expect(await whoAmI(here)).toBe(401);
    expect(await whoAmI(there)).toBe(200);
  });

  it('ends everywhere at once when asked to, on the other instance within two seconds', async () => {
    const [here, there] = [await signedIn(), await signedIn()];
    expect(await whoAmI(there, other)).toBe(200);
    expect(await app.ask('DELETE', '/api/sessions', { cookie: here })).toMatchObject({ status: 204 });
    expect(await whoAmI(here)).toBe(401);
    expect(await whoAmI(there)).toBe(401);
    const deadline = performance.now() + 2_500;
    while ((await whoAmI(there, other)) === 200 && performance.now() < deadline) await pause(50);
    expect(await whoAmI(there, other)).toBe(401);
  });

  it('tells its end to the person\u2019s stream, so that live sockets hear of it', async () => {
    const cookie = await signedIn();
    const { sessionId } = (await app.auth.sessionOf(cookie.split('=')[1] ?? ''))!;
    await app.ask('DELETE', '/api/session', { cookie });
    await app.ask('DELETE', '/api/sessions', { cookie: await signedIn() });
    const events = await app.source.query(
      'SELECT seq::int, type, data FROM stream_event WHERE stream_id = $1 ORDER BY seq',
      [dewi.id],
    );
    expect(events).toEqual([
      { seq: 1, type: 'session.ended', data: { sessionId } },
      { seq: 2, type: 'session.ended', data: { sessionId: null } },
    ]);
  });

  it('asks so much at a time, and is told when it may go on', async () => {
    const cookie = await signedIn();
    const answers = await Promise.all(
      Array.from({ length: 600 }, () => app.ask('GET', '/api/session', { cookie })),
    );
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused.length).toBeGreaterThan(0);
    for (const { status, headers, body } of refused) {
      expect(status).toBe(429);
      expect(body).toMatchObject({ code: 'rate-limited' });
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    }
    // Others are not held up by it.
    const { nip, password } = await app.person();
    const { cookie: theirs } = await app.signIn(nip, password);
    expect(await whoAmI(theirs)).toBe(200);
  });

  it('opens so many connections at a time, also all at once', async () => {
    const cookie = await signedIn();
    const opened = await Promise.allSettled(Array.from({ length: 40 }, () => Peer.open(app.url, cookie)));
    const peers = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    try {
      await until(() => peers.filter(({ socket }) => socket.connected).length <= LIMITS.socketsPerPerson);
      expect(peers.filter(({ socket }) => socket.connected).length).toBeGreaterThan(0);
    } finally {
      for (const peer of peers) peer.close();
    }
  });

  it('ends when it is too old', async () => {
    const cookie = await signedIn();
    await app.source.query('UPDATE sessions SET expires_at = now() WHERE person_id = $1', [dewi.id]);
    expect(await whoAmI(cookie)).toBe(401);
  });

  it('ends with its account, and a new password gives the account back', async () => {
    const cookie = await signedIn();
    await app.auth.disable(dewi.id);
    expect(await whoAmI(cookie)).toBe(401);
    await app.auth.createAccount(dewi.id, 'sandi yang baru');
    expect(await app.signIn(dewi.nip, 'sandi yang baru')).toMatchObject({ status: 200 });
    expect(await app.signIn(dewi.nip, dewi.password)).toMatchObject({ status: 401 });
  });

  it('does not begin with a password that is being replaced at this moment', async () => {
    const change = app.source.createQueryRunner();
    await change.startTransaction();
    await change.query(`UPDATE accounts SET password_hash = 'another' WHERE person_id = $1`, [dewi.id]);
    const attempt = app.signIn(dewi.nip, dewi.password);
    // Its password was right when it was checked; now it waits for the change.
    await until(async () => {
      const [row] = await app.source.query<{ waiting: boolean }[]>(
        `SELECT count(*) > 0 AS waiting FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'INSERT INTO sessions%'`,
      );
      return row?.waiting ?? false;
    }, 20_000);
    await change.commitTransaction();
    await change.release();
    expect((await attempt).status).toBe(401);
    await app.auth.createAccount(dewi.id, dewi.password);
    expect((await app.signIn(dewi.nip, dewi.password)).status).toBe(200);
  });

  it('is removed some time after its end', async () => {
    const [old, fresh] = [await signedIn(), await signedIn()];
    const { sessionId } = (await app.auth.sessionOf(old.split('=')[1] ?? ''))!;
    await app.source.query(`UPDATE sessions SET expires_at = now() - interval '2 days' WHERE id = $1`, [
      sessionId,
    ]);
    await app.app.get(SessionSweeper).sweep();
    expect(await app.source.query('SELECT 1 FROM sessions WHERE id = $1', [sessionId])).toEqual([]);
    expect(await whoAmI(fresh)).toBe(200);
  });
});

describe('without a sign-in', () => {
  it.each([
    ['no cookie', undefined],
    ['an empty one', 'simpul_session='],
    ['a token nobody was given', `simpul_session=${randomBytes(32).toString('base64url')}`],
    ['a token of another shape', `simpul_session=${'a'.repeat(5_000)}`],
    ['SQL', `simpul_session=' OR '1'='1`],
  ])('and with %s nobody is signed in', async (_, cookie) => {
    const answer = await app.ask('GET', '/api/session', { cookie });
    expect(answer).toMatchObject({ status: 401, body: problem(401, 'unauthenticated', {}) });
    expect(await app.ask('DELETE', '/api/sessions', { cookie })).toMatchObject({ status: 401 });
  });

  it('signing out is nothing, and no error', async () => {
    expect(await app.ask('DELETE', '/api/session')).toMatchObject({ status: 204 });
  });
});

describe('a page of another site', () => {
  const foreign: [string, Record<string, string>][] = [
    ['its own Origin', { Origin: 'https://evil.example' }],
    ['no usable Origin', { Origin: 'null' }],
    ['our Origin but sent across sites', { 'Sec-Fetch-Site': 'cross-site' }],
  ];

  it.each(foreign)('with %s signs nobody in or out', async (_, headers) => {
    const cookie = await signedIn();
    const refused = { status: 403, body: problem(403, 'origin-refused', {}) };
    expect(await app.signIn(dewi.nip, dewi.password, { headers })).toMatchObject(refused);
    expect(await app.ask('DELETE', '/api/sessions', { cookie, headers })).toMatchObject(refused);
    expect(await whoAmI(cookie)).toBe(200);
  });

  it('cannot leave the Origin out beside a cookie', async () => {
    const cookie = await signedIn();
    const answer = await fetch(`${app.url}/api/sessions`, { method: 'DELETE', headers: { cookie } });
    expect(answer.status).toBe(403);
    expect(await whoAmI(cookie)).toBe(200);
  });
});

describe('every answer', () => {
  it('carries a policy for scripts, no hint of the maker and an id', async () => {
    const { headers } = await app.ask('GET', '/api/session');
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('is problem details where nothing is', async () => {
    expect(await app.ask('GET', '/api/nothing')).toMatchObject({
      status: 404,
      body: problem(404, 'not-found', {}),
    });
  });
});

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

describe('over HTTPS', () => {
  let secure: AuthApp;
  beforeAll(async () => {
    secure = await AuthApp.start(app.databaseUrl, { SIMPUL_SECURE_COOKIE: '1' });
  });
  afterAll(() => secure.close());

  it('the cookie is bound to this host, and no cookie without the prefix is a sign-in', async () => {
    const person = await secure.person();
    const { headers, cookie = '' } = await secure.signIn(person.nip, person.password);
    expect(headers.get('set-cookie')).toMatch(
      /^__Host-simpul_session=[A-Za-z0-9_-]{43}; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
    );
    const plain = cookie.replace('__Host-', '');
    expect(await whoAmI(cookie, secure)).toBe(200);
    expect(await whoAmI(plain, secure)).toBe(401);
    // And the other way round: the same sign-in, under the name that this server gives.
    expect(await whoAmI(plain)).toBe(200);
    expect(await whoAmI(cookie)).toBe(401);
    const enters = (given: string) =>
      Peer.open(secure.url, given).then(
        (peer) => {
          peer.close();
          return 'in';
        },
        (error: Error) => error.message,
      );
    expect(await enters(cookie)).toBe('in');
    expect(await enters(plain)).toBe('unauthenticated');

    const out = await secure.ask('DELETE', '/api/session', { cookie });
    expect(out.status).toBe(204);
    // Without Path=/ and Secure a browser would not take it, and keep the one it has.
    expect(out.headers.get('set-cookie')).toMatch(
      /^__Host-simpul_session=; Path=\/; Expires=Thu, 01 Jan 1970 [^;]+; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect(await whoAmI(cookie, secure)).toBe(401);
  });
});
