import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { WorkspaceLog } from '#libs/database';
import { MetricsListener } from '../../src/metrics/metrics-listener.js';
import { Tracing } from '../../src/tracing/tracing.module.js';
import { City } from '../support/city.js';
import { Collector, type CollectedSpan } from '../support/collector.js';
import { freePort } from '../support/free-port.js';
import { LiveApp, signIn, type Peer } from '../support/live-app.js';
import { RedisServer } from '../support/redis.js';
import { until } from '../support/until.js';

const WORDS = 'Pompa di Telanaipura mati sejak subuh';

let city: City;
let redis: RedisServer;
let taskId: string;
let threadId: string;

beforeAll(async () => {
  [city, redis] = await Promise.all([City.build(), RedisServer.start()]);
  taskId = await city.aTask();
  threadId = await city.aThread(taskId);
}, 60_000);
afterAll(async () => {
  await city?.close();
  await redis?.stop();
});

/** An instance whose hints flow. */
async function anInstance(name: string, variables: Record<string, string> = {}): Promise<LiveApp> {
  const app = await LiveApp.start(city.url, { REDIS_URL: redis.url, SIMPUL_INSTANCE: name, ...variables });
  await until(async () => {
    const ready = (await (await fetch(`${app.url}/health/ready`)).json()) as { redis: string };
    return ready.redis === 'ready';
  }, 20_000);
  return app;
}

async function inside(app: LiveApp, person: 'lead' | 'member'): Promise<Peer> {
  const peer = await app.peer(city.people[person].id);
  expect(await peer.ask('workspace.join', { workspaceId: taskId })).toMatchObject({ ok: true });
  return peer;
}

const post = (peer: Peer, commandId: string = randomUUID()) =>
  peer.ask<{ ok: boolean; seq: number }>('message.post', {
    workspaceId: taskId,
    commandId,
    threadId,
    body: WORDS,
  });

const got = (peer: Peer, seq: number) =>
  peer.got('workspace.events', ({ events }) => events.some((event) => event.seq === seq));

const parentOf = ({ traceId, spanId }: CollectedSpan) => ({ traceId, parentSpanId: spanId });
const nameOf = ({ traceId, spanId }: CollectedSpan) => ({ traceId, spanId });

describe('with a collector', () => {
  let collector: Collector;
  let one: LiveApp;
  let two: LiveApp;
  let lead: Peer;
  let member: Peer;

  beforeAll(async () => {
    collector = await Collector.start();
    const OTEL_EXPORTER_OTLP_ENDPOINT = `${collector.url}/`;
    one = await anInstance('one', { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SERVICE_NAME: 'simpul-jambi' });
    two = await anInstance('two', { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SERVICE_NAME: 'simpul-jambi' });
    [lead, member] = [await inside(one, 'lead'), await inside(two, 'member')];
  }, 60_000);
  afterAll(async () => {
    await one?.close();
    await two?.close();
    await collector?.close();
  });

  const of = (traceId: string) => collector.spans.filter((span) => span.traceId === traceId);

  /** The whole trace of the newest command of that name, once it has come to both instances. */
  async function traceOf(name: string): Promise<CollectedSpan[]> {
    await Promise.all([one, two].map((app) => app.get(Tracing).queue.forceFlush()));
    const command = collector.spans.findLast((span) => span.name === name);
    if (!command) throw new Error(`no ${name} among ${collector.spans.map((span) => span.name).join(' ')}`);
    return of(command.traceId);
  }

  const only = (spans: CollectedSpan[], name: string, instance = 'one') => {
    const found = spans.filter((span) => span.name === name && span.instance === instance);
    expect({ name, instance, found: found.length }).toEqual({ name, instance, found: 1 });
    return found[0] as CollectedSpan;
  };

  it('a message is one trace, from the command to the members on both instances', async () => {
    const { seq } = await post(lead);
    await Promise.all([got(lead, seq), got(member, seq)]);
    const spans = await traceOf('message.post');
    expect(spans.map(({ name, instance }) => `${name} ${instance}`).toSorted()).toEqual([
      'authorise one',
      'commit one',
      'deliver one',
      'deliver two',
      'message.post one',
    ]);
    const command = only(spans, 'message.post');
    const commit = only(spans, 'commit');
    expect(command).toMatchObject({
      kind: 2,
      attributes: { 'simpul.outcome': 'accepted', 'simpul.workspace': taskId },
      resource: { 'service.name': 'simpul-jambi', 'service.instance.id': 'one' },
    });
    expect(command.parentSpanId).toBeUndefined();
    expect(only(spans, 'authorise')).toMatchObject(parentOf(command));
    expect(commit).toMatchObject({
      ...parentOf(command),
      attributes: { 'simpul.commands': 1, 'simpul.workspace': taskId },
      links: [nameOf(command)],
    });
    const delivery = { 'simpul.events': 1, 'simpul.sockets': 1, 'simpul.workspace': taskId };
    expect(only(spans, 'deliver', 'one')).toMatchObject({
      ...parentOf(commit),
      attributes: { ...delivery, 'simpul.way': 'own' },
    });
    expect(only(spans, 'deliver', 'two')).toMatchObject({
      ...parentOf(commit),
      kind: 5,
      attributes: { ...delivery, 'simpul.way': 'hint' },
      resource: { 'service.name': 'simpul-jambi', 'service.instance.id': 'two' },
    });
    for (const { startTimeUnixNano, endTimeUnixNano } of spans) {
      expect(BigInt(endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(startTimeUnixNano));
    }
  });

  it('a commit that several commands share has links to each, and each of them to it', async () => {
    const source = one.get(DataSource);
    const lock = source.createQueryRunner();
    await lock.startTransaction();
    let posts: ReturnType<typeof post>[];
    try {
      // Those that come at once wait for the head, and the others for them.
      await lock.query('SELECT 1 FROM stream_head WHERE id = $1 FOR UPDATE', [taskId]);
      posts = Array.from({ length: 5 }, () => post(lead));
      await until(() => one.get(WorkspaceLog).pending === 5, 1_500);
    } finally {
      await lock.rollbackTransaction();
      await lock.release();
    }
    const seqs = (await Promise.all(posts)).map(({ seq }) => seq);
    await got(member, Math.max(...seqs));
    await traceOf('message.post');
    const sizeOf = ({ attributes }: (typeof collector.spans)[number]) =>
      Number(attributes['simpul.commands'] ?? 0);
    const [shared] = collector.spans.toSorted((a, b) => sizeOf(b) - sizeOf(a));
    if (!shared || sizeOf(shared) < 2) throw new Error('no commit of several commands');
    const size = sizeOf(shared);

    const commands = collector.spans.filter((span) =>
      shared.links.some((link) => link.spanId === span.spanId && link.traceId === span.traceId),
    );
    expect(commands.map(({ name }) => name)).toEqual(Array.from({ length: size }, () => 'message.post'));
    expect(new Set(commands.map(({ traceId }) => traceId)).size).toBe(size);
    const [mother, ...others] = commands.toSorted(
      (a, b) => Number(b.traceId === shared.traceId) - Number(a.traceId === shared.traceId),
    );
    expect(shared.parentSpanId).toBe(mother?.spanId);
    for (const other of others) expect(other.links).toMatchObject([nameOf(shared)]);
    expect(only(of(shared.traceId), 'deliver', 'two')).toMatchObject({
      ...parentOf(shared),
      attributes: { 'simpul.events': size },
    });
  });

  it('a command with a transaction of its own is followed too', async () => {
    const opened = await lead.ask<{ ok: boolean; seq: number }>('thread.open', {
      workspaceId: taskId,
      commandId: randomUUID(),
      threadId: randomUUID(),
      title: WORDS,
    });
    await got(member, opened.seq);
    const spans = await traceOf('thread.open');
    const record = only(spans, 'record');
    expect(record).toMatchObject(parentOf(only(spans, 'thread.open')));
    expect(only(spans, 'thread.open').attributes).toMatchObject({ 'simpul.workspace': taskId });
    expect(only(spans, 'deliver', 'two')).toMatchObject(parentOf(record));
  });

  it('a refusal is an outcome, not a fault', async () => {
    expect(await lead.ask('message.post', { workspaceId: WORDS })).toMatchObject({ ok: false });
    const spans = await traceOf('message.post');
    expect(spans).toMatchObject([{ attributes: { 'simpul.outcome': 'validation' }, status: { code: 0 } }]);
    expect(spans[0]?.attributes).not.toHaveProperty('simpul.workspace');
  });

  it('a request has the template of its route, and no parent that its caller made up', async () => {
    const foreign = '0af7651916cd43dd8448eb211c80319c';
    const headers = { traceparent: `00-${foreign}-b7ad6b7169203331-01` };
    await (await fetch(`${one.url}/pekerjaan/${encodeURIComponent(WORDS)}?q=rahasia`, { headers })).text();
    await (await fetch(`${one.url}/health/live`)).text();
    // The span ends when the response is closed on this side too.
    await until(async () => {
      await one.get(Tracing).queue.forceFlush();
      return collector.spans.some(({ name }) => name === 'GET /pekerjaan/:name');
    });
    expect(collector.spans.find(({ name }) => name === 'GET /pekerjaan/:name')).toMatchObject({
      kind: 2,
      attributes: {
        'http.request.method': 'GET',
        'http.route': '/pekerjaan/:name',
        'http.response.status_code': 404,
      },
    });
    expect(of(foreign)).toEqual([]);
    expect(collector.spans.filter(({ name }) => name.includes('health'))).toEqual([]);
  });

  it('nothing in it is about a person', async () => {
    const { seq } = await post(lead);
    await got(member, seq);
    const source = one.get(DataSource);
    const leaving = await one.peer(city.people.author.id);
    const cookie = await signIn(source, city.people.author.id);
    const signOut = { method: 'DELETE', headers: { cookie, origin: one.url } };
    expect((await fetch(`${one.url}/api/sessions`, signOut)).status).toBe(204);
    await leaving.got('signed-out');
    await traceOf('message.post');
    await until(async () => {
      await one.get(Tracing).queue.forceFlush();
      return collector.spans.some(({ name }) => name === 'DELETE /api/sessions');
    });
    const text = collector.bodies.join('\n');
    expect(text).toContain(taskId);
    const { lead: his, member: hers, author } = city.people;
    const secrets = [his, hers, author].flatMap(({ id, name }) => [id, JSON.stringify(name)]);
    for (const secret of [...secrets, threadId, WORDS, 'Telanaipura', 'rahasia', cookie, '127.0.0.1']) {
      expect(text).not.toContain(secret);
    }
  });
});

it.each([
  ['hangs', { hangs: true }],
  ['is away', undefined],
])(
  'a collector that %s does no harm: commands are answered, spans are thrown away and counted',
  async (_, options) => {
    const collector = options && (await Collector.start(options));
    const app = await anInstance('alone', {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector?.url ?? `http://127.0.0.1:${await freePort()}`,
      SIMPUL_METRICS_PORT: '0',
    });
    const metrics = `http://127.0.0.1:${app.get(MetricsListener).port}/metrics`;
    const dropped = async () =>
      Number(/^simpul_spans_dropped_total (\d+)$/m.exec(await (await fetch(metrics)).text())?.[1]);
    try {
      const lead = await inside(app, 'lead');
      const { queue } = app.get(Tracing);
      void queue.forceFlush();
      if (collector) await until(() => collector.requests > 0);
      for (let i = 0; i < 20; i++) {
        const since = performance.now();
        const { seq } = await post(lead);
        await got(lead, seq);
        expect(performance.now() - since).toBeLessThan(4_000);
      }
      // One batch is given up after its time; the rest at the stop.
      await until(async () => (await dropped()) > 0, 20_000);
      void queue.forceFlush();
    } finally {
      const since = performance.now();
      await app.close();
      expect(performance.now() - since).toBeLessThan(8_000);
      await collector?.close();
    }
    const { sent, dropped: all } = app.get(Tracing).queue;
    expect(sent).toBe(0);
    // At least command, authorise, commit and deliver of each message.
    expect(all).toBeGreaterThanOrEqual(80);
  },
  60_000,
);

it.each([
  ['without a collector nothing is recorded', false],
  ['of a share of nothing nothing is sent', true],
])(
  '%s',
  async (_, named) => {
    const collector = await Collector.start();
    const app = await anInstance('alone', {
      OTEL_TRACES_SAMPLER_ARG: '0',
      ...(named && { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }),
    });
    try {
      if (!named) expect(() => app.get(Tracing)).toThrow(/Tracing/);
      const lead = await inside(app, 'lead');
      const { seq } = await post(lead);
      await got(lead, seq);
      await (await fetch(`${app.url}/api/session`)).text();
    } finally {
      // What waits is sent at the stop.
      await app.close();
      await collector.close();
    }
    expect(collector.requests).toBe(0);
  },
  60_000,
);
