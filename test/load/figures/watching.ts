import { randomUUID } from 'node:crypto';
import type { Figure, Measured } from '../figure.js';
import { median } from '../histogram.js';
import { LEADER, memberOf, placeOf, tokenOf, type Group } from '../seed.js';
import type { Target, World } from '../world.js';
import { sideOf } from './fanout.js';

const BOARD: Group = { name: 'board', count: 500, members: 5, published: true };
const VIEWERS = 5_000;
/** What one instance takes of them; the others ask now and then. */
const VIEWERS_EACH = 2_000;

/** The board of the whole city with five hundred tasks: its first view, and a change while people write. */
const board: Figure = {
  ids: ['board-first', 'board-live'],
  limit: 240,
  async run(world, pace): Promise<Measured[]> {
    const group = await world.group(BOARD);
    await world.sql(async (db) => {
      await db.query(
        `INSERT INTO board_rows (task_id, scopes, row, version) SELECT id, '{}', '{}', 0 FROM tasks ON CONFLICT DO NOTHING`,
      );
      await db.query('UPDATE board_state SET as_of = NULL');
    });
    const { port } = await world.simpul();
    const side = await sideOf(world, { ...group, count: 50 }, 5, 'Simpul', 'simpul', [
      { port, pids: [], stop: () => Promise.resolve() },
    ]);
    const watcher = world.generator();
    const first: number[] = [];
    for (let i = 0; i < (pace.quick ? 10 : 30); i++) {
      const { ms, rows } = await watcher.ask('openBoard', { port, token: tokenOf(LEADER) });
      if (rows < group.count) throw new Error(`the board has ${rows} rows`);
      first.push(ms);
    }
    const changes = pace.quick ? 5 : 20;
    const writing = side.generator.ask('step', { rate: 100, seconds: changes, warmUp: 1 });
    const live: number[] = [];
    for (let i = 0; i < changes; i++) {
      const workspace = 100 + i;
      const lead = tokenOf(memberOf(group, workspace, 0));
      live.push(
        await watcher.ask('changeBoard', { port, token: lead, place: placeOf(group.name, workspace) }),
      );
    }
    const step = await writing;
    pace.say(
      `    first ${median(first).toFixed(0)} ms, change ${median(live).toFixed(0)} ms (at most ${Math.max(...live).toFixed(0)})`,
    );
    return [
      {
        id: 'board-first',
        unit: 'ms',
        value: median(first),
        budget: { of: 'value', most: 300 },
        runs: [{ first }],
      },
      {
        id: 'board-live',
        unit: 'ms',
        value: Math.max(...live),
        budget: { of: 'value', most: 1_000 },
        runs: [{ live, step }],
      },
    ];
  },
};

/** A sentence is drafted by the team lead and let through by the PPID. @returns when that was answered */
async function publish(world: World, { port }: Target, workspace: number): Promise<number> {
  const place = placeOf(BOARD.name, workspace);
  const lead = world.generator();
  await lead.ask('openBoard', { port, token: tokenOf(LEADER) });
  await lead.ask('changeBoard', { port, token: tokenOf(memberOf(BOARD, workspace, 0)), place });
  lead.stop();
  const [update] = await world.sql(async (db) => {
    const { rows } = await db.query<{ id: string }>(
      `SELECT id FROM public_updates WHERE task_id = $1 AND status = 'PENDING'`,
      [place.workspaceId],
    );
    return rows;
  });
  const origin = `http://127.0.0.1:${port}`;
  const at = Date.now();
  const answer = await fetch(`${origin}/api/public-updates/${update?.id}/review`, {
    method: 'POST',
    headers: {
      Origin: origin,
      'Content-Type': 'application/json',
      Cookie: `simpul_session=${tokenOf(LEADER)}`,
    },
    body: JSON.stringify({ commandId: randomUUID(), verdict: 'APPROVED' }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return at;
}

/** Where citizens find it, once it is there. */
async function addressOf(world: World, workspace: number): Promise<string> {
  const { workspaceId } = placeOf(BOARD.name, workspace);
  for (let tries = 0; tries < 200; tries++) {
    const [page] = await world.sql(async (db) => {
      const { rows } = await db.query<{ address: string }>(
        'SELECT address FROM public_pages WHERE task_id = $1',
        [workspaceId],
      );
      return rows;
    });
    if (page) return page.address;
  }
  throw new Error('the page was not made');
}

/** A page as citizens ask for it, against a bare server that sends the same bytes. */
const publicPage: Figure = {
  ids: ['public-page'],
  limit: 180,
  async run(world, pace): Promise<Measured[]> {
    await world.group(BOARD);
    const simpul = await world.simpul();
    await publish(world, simpul, 300);
    const address = await addressOf(world, 300);
    const { redirected, url } = await fetch(`http://127.0.0.1:${simpul.port}/pekerjaan/${address}`);
    const path = redirected ? new URL(url).pathname : `/pekerjaan/${address}`;
    const wish = { path, connections: 16, seconds: pace.quick ? 3 : 6 };
    const generator = world.generator();
    const { bytes } = await generator.ask('readPages', { ...wish, port: simpul.port, seconds: 1 });
    const bare = await world.baseline('http-bytes', { env: { BYTES: String(bytes) } });
    const runs: { simpul: number; bare: number }[] = [];
    for (let round = 0; round < pace.rounds; round++) {
      const base = await generator.ask('readPages', { ...wish, port: bare.port });
      const own = await generator.ask('readPages', { ...wish, port: simpul.port });
      runs.push({ bare: base.perSecond, simpul: own.perSecond });
      pace.say(
        `    bare ${Math.round(base.perSecond)}/s, Simpul ${Math.round(own.perSecond)}/s of ${bytes} bytes`,
      );
    }
    const [value, base] = [median(runs.map((run) => run.simpul)), median(runs.map((run) => run.bare))];
    return [
      {
        id: 'public-page',
        unit: 'pages/s',
        value,
        baseline: { name: 'a bare server', value: base },
        ratio: value / base,
        budget: { of: 'ratio', least: 0.5 },
        runs,
      },
    ];
  },
};

/** Thousands have one page open while it changes and the staff go on writing. */
const publicSse: Figure = {
  ids: ['public-sse', 'public-sse-staff'],
  limit: 300,
  async run(world, pace): Promise<Measured[]> {
    const group = await world.group(BOARD);
    const count = pace.quick ? VIEWERS_EACH : VIEWERS;
    const redis = await world.redis();
    const instances: Target[] = [];
    for (let i = 0; i * VIEWERS_EACH < count; i++)
      instances.push(await world.simpul({ redis, env: { SIMPUL_TRUST_PROXY: '1' } }));
    const [first] = instances as [Target];
    await publish(world, first, 301);
    const address = await addressOf(world, 301);
    const side = await sideOf(world, { ...group, count: 20 }, 5, 'Simpul', 'simpul', [first]);
    const step = { rate: 20, seconds: pace.quick ? 5 : 10, warmUp: 1 };
    const before = await side.generator.ask('step', step);
    const citizens = world.generator();
    const ports = instances.map(({ port }) => port);
    const { live } = await citizens.ask('openViewers', {
      ports,
      count,
      path: `/pekerjaan/${address}/peristiwa`,
    });
    const changes: number[] = [];
    const writing = side.generator.ask('step', step);
    for (let i = 0; i < (pace.quick ? 2 : 5); i++) {
      const at = await publish(world, first, 301);
      changes.push(await citizens.ask('lastTold', { at }));
    }
    const meanwhile = await writing;
    pace.say(
      `    ${live} of ${count} live; told after ${changes.map((ms) => Math.round(ms)).join(', ')} ms; staff p99 ${before.p99.toFixed(0)} -> ${meanwhile.p99.toFixed(0)} ms`,
    );
    return [
      {
        id: 'public-sse',
        unit: 'ms',
        value: median(changes),
        budget: { of: 'value', most: 1_000 },
        runs: [{ live, changes }],
        ...(live < count && { invalid: `only ${live} of ${count} were let in` }),
      },
      {
        id: 'public-sse-staff',
        unit: 'ms',
        value: meanwhile.p95,
        baseline: { name: 'without citizens', value: before.p95 },
        ratio: meanwhile.p95 / before.p95,
        budget: { of: 'ratio', most: 1.2 },
        runs: [{ before, meanwhile }],
      },
    ];
  },
};

export const WATCHING: Figure[] = [board, publicPage, publicSse];
