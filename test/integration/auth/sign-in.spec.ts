import { AuthApp, problem, type Person } from './app.js';

let app: AuthApp;
let dewi: Person;

beforeAll(async () => {
  app = await AuthApp.start();
  dewi = await app.person({ email: 'dewi.lestari@contoh.go.id' });
});

afterAll(() => app.close());

describe('signing in', () => {
  it('works with the NIP as it is printed, with blanks', async () => {
    const printed = dewi.nip.replace(/^(.{8})(.{6})(.)(.{3})$/, '$1 $2 $3 $4');
    const answer = await app.signIn(printed, dewi.password);
    expect(answer).toMatchObject({
      status: 200,
      body: { person: { id: dewi.id, name: 'Dewi Lestari' }, roles: [], boards: [], instance: 'test' },
    });
    expect(JSON.stringify(answer.body)).not.toContain(dewi.nip);
  });

  it('works with the e-mail in any case', async () => {
    expect(await app.signIn(' Dewi.LESTARI@contoh.go.id ', dewi.password)).toMatchObject({ status: 200 });
  });

  it('sets a cookie that scripts and other sites cannot use, for twelve hours', async () => {
    const before = Date.now();
    const { headers, body } = await app.signIn(dewi.nip, dewi.password);
    const cookie = headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(
      /^simpul_session=[A-Za-z0-9_-]{43}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/,
    );
    const { expiresAt } = body as { expiresAt: string };
    expect(Math.round((Date.parse(expiresAt) - before) / 3_600_000)).toBe(12);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('stores the token only as a hash, and the password only as argon2id', async () => {
    const { cookie } = await app.signIn(dewi.nip, dewi.password);
    const token = cookie?.split('=')[1] ?? '';
    const rows = JSON.stringify(await app.source.query('SELECT * FROM sessions'));
    expect(rows).not.toContain(token);
    expect(rows).not.toContain(Buffer.from(token, 'base64url').toString('hex'));
    const [account] = await app.source.query<{ password_hash: string }[]>(
      'SELECT password_hash FROM accounts',
    );
    expect(account?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('gives a new token each time, and ends the sign-in the browser had before', async () => {
    const first = await app.signIn(dewi.nip, dewi.password);
    const second = await app.signIn(dewi.nip, dewi.password, { cookie: first.cookie });
    expect(second.cookie).not.toBe(first.cookie);
    expect(await app.ask('GET', '/api/session', { cookie: first.cookie })).toMatchObject({ status: 401 });
    expect(await app.ask('GET', '/api/session', { cookie: second.cookie })).toMatchObject({ status: 200 });
  });

  it('answers a wrong password, an unknown login, a person without account and a disabled one alike', async () => {
    const disabled = await app.person();
    await app.auth.disable(disabled.id);
    const without = await app.person();
    await app.source.query('DELETE FROM accounts WHERE person_id = $1', [without.id]);
    const answers = await Promise.all([
      app.signIn(dewi.nip, 'salah', from('10.0.0.1')),
      app.signIn('198001012005011001', 'salah', from('10.0.0.1')),
      app.signIn('tidak.ada@contoh.go.id', 'salah', from('10.0.0.1')),
      app.signIn(disabled.email, disabled.password, from('10.0.0.1')),
      app.signIn(without.email, without.password, from('10.0.0.1')),
    ]);
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 401, body: problem(401, 'sign-in.failed', { left: 4 }) });
      expect(answer.cookie).toBeUndefined();
    }
  });

  it('costs the same work for an unknown login as for a wrong password', async () => {
    // Processor time, all threads: the clock on the wall also measures what else the machine does.
    const work: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
    for (let round = 0; round < 7; round++) {
      const logins = [
        ['known', dewi.nip],
        ['unknown', `19700101199501100${round}`],
      ] as const;
      for (const [kind, login] of logins) {
        const before = process.cpuUsage();
        await app.signIn(login, 'salah', from(`10.1.${round}.1`));
        const { user, system } = process.cpuUsage(before);
        work[kind].push(user + system);
      }
    }
    const ratio = Math.min(...work.known) / Math.min(...work.unknown);
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });
});

describe('too many attempts', () => {
  it('stop one login from one address after five, also with the right password, and count down', async () => {
    const person = await app.person();
    for (const left of [4, 3, 2, 1, 0]) {
      expect((await app.signIn(person.nip, 'salah', from('10.2.0.1'))).body).toEqual(
        problem(401, 'sign-in.failed', { left }),
      );
    }
    const stopped = await app.signIn(person.nip, person.password, from('10.2.0.1'));
    expect(stopped).toMatchObject({ status: 429, body: { code: 'sign-in.throttled' } });
    const { retryAfterSeconds } = (stopped.body as { details: { retryAfterSeconds: number } }).details;
    expect(retryAfterSeconds).toBeGreaterThan(800);
    expect(retryAfterSeconds).toBeLessThanOrEqual(900);
    expect(stopped.headers.get('retry-after')).toBe(String(retryAfterSeconds));

    expect(await app.signIn(person.nip, person.password, from('10.2.0.2'))).toMatchObject({ status: 200 });
  });

  it('count as one over all instances, and a hundred at once gain nothing', async () => {
    const other = await AuthApp.start(app.databaseUrl);
    const person = await app.person();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        (at % 2 === 0 ? app : other).signIn(person.nip, 'salah', from('10.3.0.1')),
      ),
    );
    await other.close();
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(15);
  });

  it('stop one login from everywhere after thirty', async () => {
    const person = await app.person();
    await app.signIn(person.nip, 'salah', from('10.4.0.1'));
    await app.source.query(`UPDATE sign_in_attempts SET points = 29 WHERE key LIKE 'login:%' AND points = 1`);
    expect(await app.signIn(person.nip, 'salah', from('10.4.0.2'))).toMatchObject({ status: 401 });
    expect(await app.signIn(person.nip, person.password, from('10.4.1.1'))).toMatchObject({ status: 429 });
  });

  it('let nobody shut another out from one address', async () => {
    const person = await app.person();
    for (let n = 0; n < 40; n++) await app.signIn(person.nip, 'salah', from('10.8.0.1'));
    expect(await app.signIn(person.nip, person.password, from('10.8.0.2'))).toMatchObject({ status: 200 });
  });

  it('stop one address after fifty, whoever it tries', async () => {
    await app.signIn('siapa@contoh.go.id', 'salah', from('10.5.0.1'));
    await app.source.query(
      `UPDATE sign_in_attempts SET points = 49 WHERE key LIKE 'address:%' AND points = 1`,
    );
    expect(await app.signIn('dia@contoh.go.id', 'salah', from('10.5.0.1'))).toMatchObject({ status: 401 });
    expect(await app.signIn(dewi.nip, dewi.password, from('10.5.0.1'))).toMatchObject({ status: 429 });
  });

  it('are forgiven by the right password, and by time', async () => {
    const person = await app.person();
    for (let at = 0; at < 4; at++) await app.signIn(person.nip, 'salah', from('10.6.0.1'));
    expect(await app.signIn(person.nip, person.password, from('10.6.0.1'))).toMatchObject({ status: 200 });
    for (let at = 0; at < 6; at++) await app.signIn(person.nip, 'salah', from('10.6.0.1'));
    expect(await app.signIn(person.nip, person.password, from('10.6.0.1'))).toMatchObject({ status: 429 });

    await app.source.query('UPDATE sign_in_attempts SET expire = 0');
    expect(await app.signIn(person.nip, person.password, from('10.6.0.1'))).toMatchObject({ status: 200 });
  });

  it('are counted without a NIP, an e-mail or an address', async () => {
    await app.signIn(dewi.nip, 'salah', from('10.7.0.1'));
    await app.signIn(dewi.email, 'salah', from('10.7.0.1'));
    const rows = JSON.stringify(await app.source.query('SELECT * FROM sign_in_attempts'));
    expect(rows).not.toMatch(/\d{18}|@|10\.7\.0\.1/);
  });
});

describe('bad input', () => {
  const good = { login: 'dewi.lestari@contoh.go.id', password: 'rahasia kota' };
  const field = (name: string, rule: string, limit?: number) => ({
    field: name,
    rule,
    ...(limit !== undefined && { limit }),
  });

  it.each<[string, unknown, object]>([
    ['no fields', {}, [field('login', 'required'), field('password', 'required')]],
    ['an unknown field', { ...good, admin: true }, [field('admin', 'unknown-field')]],
    [
      'numbers',
      { login: 19860926201505, password: 1 },
      [field('login', 'not-text'), field('password', 'not-text')],
    ],
    [
      'objects',
      { login: { $gt: '' }, password: ['x'] },
      [field('login', 'not-text'), field('password', 'not-text')],
    ],
    ['blanks', { ...good, login: ' \t' }, [field('login', 'blank')]],
    ['an empty password', { ...good, password: '' }, [field('password', 'required')]],
    ['NUL', { ...good, login: 'a\u0000b' }, [field('login', 'control-character')]],
    ['a lone surrogate', { ...good, login: 'a\ud800' }, [field('login', 'not-well-formed')]],
    ['a very long login', { ...good, login: 'x'.repeat(10_001) }, [field('login', 'too-long', 254)]],
    ['a very long password', { ...good, password: 'x'.repeat(10_001) }, [field('password', 'too-long', 200)]],
    ['a list', [good], [field('', 'invalid')]],
  ])('with %s names each wrong field', async (_, body, fields) => {
    const answer = await app.ask('POST', '/api/session', { body });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(answer.body).toEqual(problem(400, 'validation', { fields: fields as never }));
  });

  it('with NUL and lone surrogates in a password is a wrong password', async () => {
    const answer = await app.signIn(good.login, 'a\u0000\ud800', from('10.8.0.1'));
    expect(answer.body).toMatchObject({ code: 'sign-in.failed' });
  });

  it('of malformed JSON, another kind or none at all is refused clearly', async () => {
    const malformed = await app.ask('POST', '/api/session', { raw: '{"login": ' });
    expect(malformed.body).toEqual(
      problem(400, 'validation', { fields: [{ field: 'body', rule: 'not-well-formed' }] }),
    );
    const form = await app.ask('POST', '/api/session', {
      raw: 'login=x&password=y',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    });
    expect(form).toMatchObject({ status: 400, body: { code: 'validation' } });
    expect(await app.ask('POST', '/api/session')).toMatchObject({
      status: 400,
      body: { code: 'validation' },
    });
  });

  it('of five megabytes is refused as too large, and the app lives', async () => {
    const raw = JSON.stringify({ ...good, password: 'x'.repeat(5_000_000) });
    const answer = await app.ask('POST', '/api/session', { raw });
    expect(answer).toMatchObject({ status: 413, body: problem(413, 'frame-too-large', { limit: 102_400 }) });
    expect(await app.ask('GET', '/health/live')).toMatchObject({ status: 200 });
  });
});

function from(address: string): { headers: Record<string, string> } {
  return { headers: { 'X-Forwarded-For': address } };
}
