import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { DataSource } from 'typeorm';
import { workingTimeOf, type HolidayKind, type WorkingTime, type WorkingTimeRule } from '#libs/contracts';
import {
  cancelTimer,
  MOST_ATTEMPTS,
  readTimerFigures,
  scheduleTimer,
  TimerWorker,
  type TimerKind,
} from '#libs/database';
import { Timers } from '../../src/timers/timers.service.js';
import { City } from '../support/city.js';
import { until } from '../support/until.js';

const PROCESS = fileURLToPath(new URL('../support/timer-process.mjs', import.meta.url));
const wib = (text: string) => new Date(`${text.replace(' ', 'T')}:00+07:00`).toISOString();

let city: City;
let source: DataSource;
const workers: TimerWorker[] = [];

beforeAll(async () => {
  city = await City.build();
  ({ source } = city.here);
  await source.query('CREATE TABLE effects (key text NOT NULL, pid int, at timestamptz)');
});
beforeEach(() => source.query('TRUNCATE effects, timers'));
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
});
afterAll(() => city.close());

const set = (key: string, at: string, kind = 'effect') =>
  source.transaction((tx) => scheduleTimer(tx, { kind, key, at, payload: { key } }));
const effects = async () =>
  (await source.query<{ key: string }[]>('SELECT key FROM effects ORDER BY at, key')).map(({ key }) => key);
const keysLeft = async () =>
  (await source.query<{ key: string }[]>('SELECT key FROM timers ORDER BY key')).map(({ key }) => key);

/** Writes that it fired, and when. */
const effect: TimerKind = {
  async fire(tx, { key, now }) {
    await tx.query('INSERT INTO effects (key, at) VALUES ($1, $2)', [key, now]);
    return undefined;
  },
};

/** A worker whose time a test says. */
function aWorker(kind: TimerKind) {
  const failures: string[] = [];
  const clock = { now: wib('2026-11-24 09:00') };
  const worker = new TimerWorker(
    source,
    new Map([['effect', kind]]),
    (error, timer) => failures.push(`${timer?.key}: ${String(error)}`),
    () => new Date(clock.now),
  );
  workers.push(worker);
  const at = async (now: string) => {
    clock.now = now;
    await worker.drain();
  };
  return { worker, failures, at };
}

describe('a timer', () => {
  it('comes with the commit of whoever sets it, and goes with the commit of whoever cancels it', async () => {
    const { at } = aWorker(effect);
    const never = source.transaction(async (tx) => {
      await scheduleTimer(tx, {
        kind: 'effect',
        key: 'taken back',
        at: wib('2026-11-24 08:00'),
        payload: null,
      });
      throw new Error('taken back');
    });
    await expect(never).rejects.toThrow('taken back');
    await set('decided', wib('2026-11-24 08:00'));
    await set('open', wib('2026-11-24 08:00'));
    const undone = source.transaction(async (tx) => {
      expect(await cancelTimer(tx, 'effect', 'open')).toBe(true);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await source.transaction((tx) => cancelTimer(tx, 'effect', 'decided'))).toBe(true);
    expect(await source.transaction((tx) => cancelTimer(tx, 'effect', 'decided'))).toBe(false);
    await at(wib('2026-11-24 09:00'));
    expect(await effects()).toEqual(['open']);
    expect(await keysLeft()).toEqual([]);
  });

  it('fires not before its moment, and set again only at the new one', async () => {
    const { at } = aWorker(effect);
    await set('moved', wib('2026-11-24 10:00'));
    await at(wib('2026-11-24 09:59'));
    await set('moved', wib('2026-11-24 11:00'));
    await at(wib('2026-11-24 10:30'));
    expect(await effects()).toEqual([]);
    await at(wib('2026-11-24 11:00'));
    await at(wib('2026-11-24 12:00'));
    expect(await effects()).toEqual(['moved']);
  });

  it('that is firing is not overtaken by its cancellation', async () => {
    let release: () => void = () => undefined;
    let isFiring = false;
    const held = new Promise<void>((resolve) => (release = resolve));
    const { at } = aWorker({
      async fire(tx, timer) {
        await effect.fire(tx, timer);
        isFiring = true;
        await held;
        return undefined;
      },
    });
    await set('late', wib('2026-11-24 08:00'));
    const fired = at(wib('2026-11-24 09:00'));
    await until(() => isFiring);
    const cancelled = source.transaction((tx) => cancelTimer(tx, 'effect', 'late'));
    await until(async () => {
      const [row] = await source.query<{ waits: boolean }[]>(
        `SELECT count(*) > 0 AS waits FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
      );
      return row?.waits ?? false;
    });
    release();
    await fired;
    expect(await cancelled).toBe(false);
    expect(await effects()).toEqual(['late']);
  });

  it('may be set again by what it does, and is told outside only after the commit', async () => {
    const seen: unknown[] = [];
    const { at } = aWorker({
      async fire(tx, { kind, key, now }) {
        await tx.query('INSERT INTO effects (key, at) VALUES ($1, $2)', [key, now]);
        const tomorrow = new Date(Date.parse(now) + 86_400_000).toISOString();
        await scheduleTimer(tx, { kind, key, at: tomorrow, payload: null });
        return () => seen.push(now);
      },
    });
    await set('daily', wib('2026-11-24 09:00'));
    await at(wib('2026-11-24 09:00'));
    expect(await effects()).toEqual(['daily']);
    expect(seen).toEqual([wib('2026-11-24 09:00')]);
    await at(wib('2026-11-25 09:00'));
    expect(seen).toEqual([wib('2026-11-24 09:00'), wib('2026-11-25 09:00')]);
    expect(await keysLeft()).toEqual(['daily']);
  });
});

describe('what fails', () => {
  it('is undone, tried later each time, given up in the end, and keeps nobody waiting', async () => {
    const { at, failures } = aWorker({
      async fire(tx, timer) {
        await effect.fire(tx, timer);
        if (timer.key === 'bad') throw new Error('no such task');
        return undefined;
      },
    });
    await set('bad', wib('2026-11-24 08:00'));
    await set('good', wib('2026-11-24 08:30'));
    await at(wib('2026-11-24 09:00'));
    expect(await effects()).toEqual(['good']);
    expect(failures).toEqual(['bad: Error: no such task']);
    await at(wib('2026-11-24 09:00'));
    expect(failures).toHaveLength(1);
    for (let day = 1; day <= MOST_ATTEMPTS + 2; day++) {
      await at(new Date(Date.parse(wib('2026-11-24 09:00')) + day * 86_400_000).toISOString());
    }
    expect(failures).toHaveLength(MOST_ATTEMPTS);
    expect(await effects()).toEqual(['good']);
    expect(await readTimerFigures(source)).toEqual({ waiting: 0, lateSeconds: 0, givenUp: 1 });
    expect(await source.query(`SELECT attempts, last_error FROM timers WHERE key = 'bad'`)).toEqual([
      { attempts: MOST_ATTEMPTS, last_error: 'no such task' },
    ]);
    // Set again it has all its tries.
    await set('bad', wib('2027-01-01 08:00'));
    expect(await readTimerFigures(source)).toMatchObject({ givenUp: 0, waiting: 1 });
  });

  it('by losing its connection counts as a try too', async () => {
    const { at, failures } = aWorker({
      async fire(tx, timer) {
        await effect.fire(tx, timer);
        if (timer.key === 'cut') await tx.query('SELECT pg_terminate_backend(pg_backend_pid())');
        return undefined;
      },
    });
    await set('cut', wib('2026-11-24 08:00'));
    await set('good', wib('2026-11-24 08:30'));
    await at(wib('2026-11-24 09:00'));
    expect(await effects()).toEqual(['good']);
    expect(failures).toHaveLength(1);
    expect(await source.query(`SELECT key, attempts FROM timers`)).toEqual([{ key: 'cut', attempts: 1 }]);
  });

  it('to come in time is seen', async () => {
    await set('late', new Date(Date.now() - 3_600_000).toISOString());
    const { waiting, lateSeconds } = await readTimerFigures(source);
    expect(waiting).toBe(1);
    expect(lateSeconds).toBeGreaterThanOrEqual(3_600);
    expect(await new Timers(source).areLate()).toBe(true);
    await set('late', new Date(Date.now() + 3_600_000).toISOString());
    expect(await new Timers(source).areLate()).toBe(false);
  });
});

describe('working time', () => {
  const office: WorkingTimeRule = {
    opdId: null,
    kind: 'ORDINARY',
    pattern: 'FIVE_DAY',
    validFrom: '2000-01-01',
    validTo: null,
    zone: 'Asia/Jakarta',
    hours: [...Array<string>(4).fill('07:15-12:00, 13:00-16:00'), '07:15-11:30, 13:30-16:00', '', ''],
    worksOnHolidays: false,
    worksOnJointLeave: false,
  };
  const ramadan: WorkingTimeRule = {
    ...office,
    kind: 'RAMADAN',
    validFrom: '2026-02-19',
    validTo: '2026-03-20',
    hours: [...Array<string>(4).fill('07:30-12:00, 12:30-15:00'), '07:00-11:30', '', ''],
  };
  const holidays = new Map<string, HolidayKind>([
    ['2026-12-24', 'cuti_bersama'],
    ['2026-12-25', 'libur_nasional'],
  ]);
  const time: WorkingTime = workingTimeOf([office, ramadan], holidays, null);

  it.each([
    ['a weekend', '2026-11-27 16:00', '2026-11-30 07:15'],
    ['the break of a Friday', '2026-11-27 11:45', '2026-11-27 13:30'],
    ['the afternoon of Ramadan', '2026-03-03 15:30', '2026-03-04 07:30'],
    ['joint leave, Christmas and a weekend', '2026-12-23 17:00', '2026-12-28 07:15'],
  ])('%s is waited for by a clock that is looked at each quarter of an hour', async (_what, due, fires) => {
    const { at, failures } = aWorker({ ...effect, within: async () => time });
    await set('reminder', wib(due));
    const [start, end] = [Date.parse(wib(due)), Date.parse(wib(fires))];
    for (let ms = start; ms < end; ms += 15 * 60_000) await at(new Date(ms).toISOString());
    expect(await effects()).toEqual([]);
    await at(wib(fires));
    expect(await source.query('SELECT key, at FROM effects')).toEqual([
      { key: 'reminder', at: new Date(wib(fires)) },
    ]);
    expect(failures).toEqual([]);
  });

  it('of a holiday that was added meanwhile counts too', async () => {
    let known = time;
    const { at } = aWorker({ ...effect, within: async () => known });
    await set('reminder', wib('2026-11-27 20:00'));
    await at(wib('2026-11-27 20:00'));
    known = workingTimeOf([office], new Map([['2026-11-30', 'libur_nasional']]), null);
    await at(wib('2026-11-30 07:15'));
    expect(await effects()).toEqual([]);
    await at(wib('2026-12-01 07:15'));
    expect(await effects()).toEqual(['reminder']);
  });
});

describe('three instances', () => {
  const children: ChildProcess[] = [];
  const start = (at: number) => {
    const child = fork(PROCESS, [city.url, String(at)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    children.push(child);
    return child;
  };
  afterEach(async () => {
    for (const child of children.splice(0)) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    }
  });

  it('do each of 500 timers once, also when one of them is killed in the middle', async () => {
    const keys = Array.from({ length: 500 }, (_, i) => `task ${String(i).padStart(3, '0')}`);
    await source.transaction(async (tx) => {
      for (const key of keys) {
        await scheduleTimer(tx, { kind: 'effect', key, at: '2026-01-05T02:00:00Z', payload: null });
      }
    });
    // The others stop in their two hundredth, so that the victim has its five whatever the machine does.
    const victim = start(5);
    const others = [start(200), start(200)];
    await once(victim, 'message');
    const gone = once(victim, 'exit');
    victim.kill('SIGKILL');
    await gone;
    for (const other of others) other.send('go on');
    await until(async () => (await keysLeft()).length === 0, 60_000);
    expect(await effects()).toEqual(keys);
    const byPid = await source.query<{ pid: number; count: number }[]>(
      'SELECT pid, count(*)::int AS count FROM effects GROUP BY pid',
    );
    expect(byPid.find(({ pid }) => pid === victim.pid)?.count).toBe(4);
    expect(byPid.reduce((sum, { count }) => sum + count, 0)).toBe(500);
  }, 120_000);
});
