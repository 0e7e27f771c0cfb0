import { setTimeout as delay } from 'node:timers/promises';
import { OwnPostgres } from '../../support/postgres.js';
import { AuthApp, problem } from '../auth/app.js';

let postgres: OwnPostgres;
let app: AuthApp;

beforeAll(async () => {
  postgres = await OwnPostgres.start();
  app = await AuthApp.start(postgres.url);
});

afterAll(async () => {
  await app.close();
  await postgres.stop();
});

const READY = { status: 'ready', database: 'ready', redis: 'none', missing: [] };
const AWAY = { status: 'not-ready', database: 'away', redis: 'none', missing: ['database'] };

/** Asks until the answer has this status, for a few seconds. */
async function readyAnswers(status: number): Promise<unknown> {
  const until = performance.now() + 8_000;
  for (;;) {
    const answer = await app.ask('GET', '/health/ready');
    if (answer.status === status || performance.now() > until) return answer.body;
    await delay(100);
  }
}

describe('health', () => {
  it('says that it lives, and that it is ready', async () => {
    expect(await app.ask('GET', '/health/live')).toMatchObject({ status: 200, body: { status: 'live' } });
    expect(await app.ask('GET', '/health/ready')).toMatchObject({ status: 200, body: READY });
  });

  it('says within seconds that the database stands still, and when it is back', async () => {
    postgres.pause();
    try {
      expect(await readyAnswers(503)).toEqual(AWAY);
      expect(await app.ask('GET', '/health/live')).toMatchObject({ status: 200 });
    } finally {
      postgres.resume();
    }
    expect(await readyAnswers(200)).toEqual(READY);
  });

  it('lives on when the database crashes: sign-in asks to try again, and works when it is back', async () => {
    const person = await app.person();
    await postgres.crash();
    expect(await readyAnswers(503)).toEqual(AWAY);
    const refused = await app.signIn(person.nip, person.password);
    expect(refused).toMatchObject({ status: 503, body: problem(503, 'unavailable', {}) });
    expect(refused.headers.get('retry-after')).toBe('1');
    await postgres.restart();
    expect(await readyAnswers(200)).toEqual(READY);
    expect(await app.signIn(person.nip, person.password)).toMatchObject({ status: 200 });
  });
});
