import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { crowdCommands } from './generator-crowd.js';
import { watcherCommands } from './generator-watchers.js';
import { Histogram } from './histogram.js';
import type { Connect, Flight, Place, Step, StepResult, Visits, Wrong } from './generator-wishes.js';
import { LoadClient, type Answer } from './load-client.js';
import { RoomLog, textOf } from './room-log.js';

interface Sender {
  client: LoadClient;
  places: number[];
}

const CONNECTING = 32;
const DRAIN_MS = 15_000;

let places: Place[] = [];
let logs: RoomLog[] = [];
let clients: LoadClient[] = [];
let senders: Sender[][] = [];
let step = 0;

const commands = {
  ...crowdCommands,
  ...watcherCommands,

  async connect(wish: Connect): Promise<{ ms: number; failed: number }> {
    places = wish.places;
    const sizes = places.map(() => 0);
    for (const { joins } of wish.people) for (const place of joins) sizes[place] = (sizes[place] ?? 0) + 1;
    logs = sizes.map((size) => new RoomLog(size));
    senders = places.map(() => []);
    const slots = places.map(() => 0);
    const waiting = wish.people.map((person, i) => ({
      person,
      port: wish.ports[i % wish.ports.length]!,
      logs: new Map(
        person.joins.map((place) => [
          places[place]!.workspaceId,
          { log: logs[place]!, slot: slots[place]!++ },
        ]),
      ),
    }));
    const begin = performance.now();
    let failed = 0;
    const worker = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        try {
          const { person, port } = next;
          const client = await LoadClient.open({
            wire: wish.wire,
            port,
            token: person.token,
            logs: next.logs,
          });
          clients.push(client);
          for (const place of person.joins) {
            const answer = await client.ask('workspace.join', joinOf(places[place]!));
            if (!answer.ok) throw new Error(JSON.stringify(answer));
          }
          for (const place of person.sendsTo) senders[place]!.push({ client, places: person.sendsTo });
        } catch (error) {
          if (failed++ === 0) console.error(error);
        }
      }
    };
    await Promise.all(Array.from({ length: CONNECTING }, worker));
    return { ms: performance.now() - begin, failed };
  },

  async step({ rate, seconds, warmUp }: Step): Promise<StepResult> {
    const { arrivals, target, perPlace } = draw(rate, seconds);
    const counts = arrivals.map((at) => at >= warmUp * 1_000);
    const latency = new Histogram();
    const acknowledged = new Uint8Array(arrivals.length);
    const refused: Record<string, number> = {};
    const wrongBefore = { doubled: total('doubled'), disordered: total('disordered') };
    let [completed, answered, accepted, late] = [0, 0, 0, 0];
    step++;
    const begin = performance.now();
    for (const [place, log] of logs.entries()) {
      log.begin(step, perPlace[place]!, (index) => {
        completed++;
        if (counts[index]) latency.add(performance.now() - begin - arrivals[index]!);
      });
    }
    const cpu = process.cpuUsage();
    const turns = places.map(() => 0);
    const send = (index: number) => {
      const place = target[index]!;
      const queue = senders[place]!;
      const { client } = queue[turns[place]!++ % queue.length]!;
      client.post('message.post', wishOf(places[place]!, index), (answer) => {
        answered++;
        if (answer.ok) {
          accepted++;
          acknowledged[index] = 1;
        } else countRefusal(refused, answer);
      });
    };
    for (let next = 0; next < arrivals.length;) {
      const now = performance.now() - begin;
      for (; next < arrivals.length && arrivals[next]! <= now; next++) {
        late = Math.max(late, now - arrivals[next]!);
        send(next);
      }
      if (next < arrivals.length) await delay(Math.max(0, arrivals[next]! - (performance.now() - begin)));
    }
    const until = performance.now() + DRAIN_MS;
    const done = () => answered === arrivals.length && completed >= accepted;
    while (!done() && performance.now() < until) await delay(10);
    const wallMs = performance.now() - begin;
    const used = process.cpuUsage(cpu);
    return {
      rate,
      posted: arrivals.length,
      acknowledged: accepted,
      refused: answered < arrivals.length ? { ...refused, unanswered: arrivals.length - answered } : refused,
      deliveries: logs.reduce((sum, log) => sum + log.delivered, 0),
      lost: logs.reduce((sum, log) => sum + log.missing((index) => acknowledged[index] === 1), 0),
      doubled: total('doubled') - wrongBefore.doubled,
      disordered: total('disordered') - wrongBefore.disordered,
      p50: latency.percentile(0.5),
      p95: latency.percentile(0.95),
      p99: latency.percentile(0.99),
      max: latency.max,
      late,
      generatorCpu: (used.user + used.system) / 1_000 / wallMs,
      wallMs,
    };
  },

  /** So many unanswered posts at any time: how many a second are acknowledged. */
  async flight({
    inFlight,
    seconds,
    atLeast = 0,
  }: Flight): Promise<{ perSecond: number; failed: number } & Wrong> {
    const wrongBefore = { doubled: total('doubled'), disordered: total('disordered') };
    const perPlace = places.map((): number[] => []);
    const most = 200_000;
    for (let i = 0; i < most; i++) perPlace[i % places.length]!.push(i);
    step++;
    const acknowledged = new Uint8Array(most);
    let [completed, accepted, failed, sent] = [0, 0, 0, 0];
    for (const [place, log] of logs.entries()) log.begin(step, perPlace[place]!, () => completed++);
    const begin = performance.now();
    const end = begin + seconds * 1_000;
    const turns = places.map(() => 0);
    let counted = 0;
    const fly = () =>
      new Promise<void>((landed) => {
        const next = () => {
          if ((performance.now() >= end && sent >= atLeast) || sent >= most || failed > 100) return landed();
          const index = sent++;
          const place = index % places.length;
          const queue = senders[place]!;
          queue[turns[place]!++ % queue.length]!.client.post(
            'message.post',
            wishOf(places[place]!, index),
            (answer) => {
              if (answer.ok) {
                accepted++;
                acknowledged[index] = 1;
                if (performance.now() < end) counted++;
              } else failed++;
              next();
            },
          );
        };
        next();
      });
    await Promise.race([
      Promise.all(Array.from({ length: inFlight }, fly)),
      delay(seconds * 1_000 + DRAIN_MS),
    ]);
    const until = performance.now() + DRAIN_MS;
    const settled = () => completed >= accepted;
    while (!settled() && performance.now() < until) await delay(10);
    return {
      perSecond: counted / seconds,
      failed,
      lost: logs.reduce((sum, log) => sum + log.missing((index) => acknowledged[index] === 1), 0),
      doubled: total('doubled') - wrongBefore.doubled,
      disordered: total('disordered') - wrongBefore.disordered,
    };
  },

  /** Connects, asks each question in turn, and goes: milliseconds of each visit, and of its questions. */
  async visits(wish: Visits): Promise<{ whole: number[]; asked: number[]; last: Answer }> {
    const whole: number[] = [];
    const asked: number[] = [];
    let last: Answer = { ok: false };
    for (let i = 0; i < wish.times; i++) {
      const begin = performance.now();
      const client = await LoadClient.open({ wire: 'simpul', port: wish.port, token: wish.token });
      const open = performance.now();
      for (const [name, data] of wish.questions) {
        last = await client.ask(name, data);
        if (!last.ok) throw new Error(JSON.stringify(last));
      }
      const end = performance.now();
      whole.push(end - begin);
      asked.push(end - open);
      client.close();
      await delay(20);
    }
    return { whole, asked, last };
  },

  /** Closes all connections. */
  leave(): Promise<void> {
    for (const client of clients) client.close();
    [clients, senders, logs, places] = [[], [], [], []];
    return Promise.resolve();
  },
};

export type GeneratorCommands = typeof commands;

function draw(rate: number, seconds: number) {
  const arrivals: number[] = [];
  const target: number[] = [];
  const perPlace = places.map((): number[] => []);
  for (let at = 0; ;) {
    at += (-Math.log(1 - Math.random()) / rate) * 1_000;
    if (at >= seconds * 1_000) break;
    const place = Math.floor(Math.random() * places.length);
    perPlace[place]!.push(arrivals.length);
    arrivals.push(at);
    target.push(place);
  }
  return { arrivals, target, perPlace };
}

function joinOf({ workspaceId, epoch }: Place): object {
  return { workspaceId, since: { epoch, seq: 0 } };
}

function wishOf({ workspaceId, threadId }: Place, index: number): object {
  return { workspaceId, commandId: randomUUID(), threadId, body: textOf(step, index) };
}

function total(what: 'doubled' | 'disordered'): number {
  return logs.reduce((sum, log) => sum + log[what], 0);
}

function countRefusal(refused: Record<string, number>, answer: Answer): void {
  const { code = 'unknown' } = (answer['error'] ?? {}) as { code?: string };
  refused[code] = (refused[code] ?? 0) + 1;
}

type Ask = {
  [N in keyof GeneratorCommands]: { id: number; name: N; wish: Parameters<GeneratorCommands[N]>[0] };
};

process.on('message', ({ id, name, wish }: Ask[keyof Ask]) => {
  const command = commands[name] as (wish: unknown) => Promise<unknown>;
  command(wish).then(
    (result) => process.send?.({ id, result }),
    (error: unknown) => process.send?.({ id, error: error instanceof Error ? error.message : String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
