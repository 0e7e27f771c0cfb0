import { setTimeout as pause } from 'node:timers/promises';
import { check, type Digest, type Verdict } from './checker.js';
import { History, now } from './history.js';
import { Member, type MemberOptions } from './member.js';
import { between, randomOf, type Random } from './random.js';
import { SIZE } from './size.js';
import { Witness } from './witness.js';
import type { World } from './world.js';

/** A workspace in which people write while something breaks, and a second one with personal data. */
export interface Scene {
  world: World;
  random: Random;
  task: string;
  thread: string;
  history: History;
  writers: Member[];
  /** Another client that has to converge; `write: false`: it only looks on, or writes what the fault tells it. */
  add(name: string, person: number, more?: Partial<MemberOptions> & { write?: boolean }): Promise<Member>;
  /** A raw socket of a writer's person at one instance, on the wire. */
  witness(name: string, person: number, app: number): Witness;
  digests: Digest[];
  /** When all others are done and at these heads, and whatever happened before. */
  atTheEnd(work: (heads: ReadonlyMap<string, number>) => Promise<void>): void;
  /** When each writer has written so many more; at once when they are done already. */
  written(more: number): Promise<void>;
}

export interface Scenario {
  fault: string;
  /** What breaks, from beginning to healing, while the writers write. */
  act(scene: Scene): Promise<void>;
  /** The writers are done before it begins. */
  quiet?: boolean;
  /** Characters that each message is longer. */
  padding?: number;
}

export interface Play {
  /** How many write. */
  writers?: number;
  /** How many messages each writes at least. */
  each?: number;
  convergeWithinMs?: number;
  /** How long to wait for everybody to be done and at the head. */
  settleMs?: number;
}

export const RESULTS = 'test-results/fault';

/** Plays a scenario and judges it. Never fails by itself: what went wrong is in the verdict. */
export async function play(
  world: World,
  { fault, act, padding, quiet = false }: Scenario,
  seed: number,
  {
    writers = SIZE.writers,
    each = SIZE.each,
    convergeWithinMs = SIZE.convergeWithinMs,
    settleMs = 60_000,
  }: Play = {},
): Promise<Verdict> {
  const random = randomOf(seed, fault);
  const history = new History(`${RESULTS}/${fault.replaceAll(/[^a-z0-9]+/gi, '-').toLowerCase()}.jsonl`);
  const persons = new Map<string, string>();
  const members: Member[] = [];
  const witnesses: Witness[] = [];
  const live: { process: string; workspace: string }[] = [];
  const { city } = world;
  const task = await city.aTask();
  const secret = await city.aTask('IN_PROGRESS', { confidentiality: 'PERSONAL_DATA' });
  const thread = await city.aThread(task);
  for (const person of world.people) await join(world, task, person.id);
  const endings: Parameters<Scene['atTheEnd']>[0][] = [];
  const scene: Scene = {
    ...{ world, random, task, thread, history, writers: [], digests: [] },
    async add(name, number, { write = true, ...more } = {}) {
      const person = more.person ?? world.people[number];
      if (!person) throw new Error(`nobody is number ${number}`);
      const member = await Member.open({
        ...{ name, person, cookie: await world.cookieOf(person), url: world.cluster.url },
        ...{ workspace: task, thread, history, random: randomOf(seed, fault + name), ...more },
      });
      persons.set(name, person.id);
      live.push({ process: name, workspace: member.options.workspace });
      members.push(member);
      if (write) scene.writers.push(member);
      return member;
    },
    atTheEnd: (work) => void endings.push(work),
    async written(more) {
      const goals = scene.writers.map((writer) => writer.written + more);
      await until(() => quiet || scene.writers.every(({ written }, i) => written >= (goals[i] ?? 0)), 60_000);
    },
    witness(name, number, app) {
      const person = world.people[number];
      if (!person) throw new Error(`nobody is number ${number}`);
      return look(name, person.id, cookies.get(person.id) ?? '', task, app);
    },
  };
  const cookies = new Map<string, string>();
  for (const person of [...world.people, city.people.sekda]) {
    cookies.set(person.id, await world.cookieOf(person));
  }
  function look(name: string, personId: string, cookie: string, workspace: string, app: number): Witness {
    const { url } = world.app(app);
    const blind = workspace === secret;
    const witness = new Witness({ name, url, origin: url, cookie, workspace, history, blind });
    persons.set(name, personId);
    live.push({ process: name, workspace });
    witnesses.push(witness);
    return witness;
  }

  try {
    for (let i = 0; i < writers; i++) await scene.add(`writer ${i + 1}`, i);
    const clerk = city.people.lead;
    await scene.add('clerk', -1, { person: clerk, workspace: secret, thread: await city.aThread(secret) });
    world.cluster.apps.forEach((_, i) => scene.witness(`wire ${i + 1}`, writers, i));
    const { sekda } = city.people;
    look('overseer', sekda.id, cookies.get(sekda.id) ?? '', secret, world.cluster.apps.length - 1);
    await until(() => witnesses.every(({ seq }) => seq >= 0), 15_000);

    const phase = { acting: !quiet };
    const writing = Promise.all(
      scene.writers.map(async (writer) => {
        const pace = randomOf(seed, `${fault} ${writer.name}`);
        for (let n = 0; n < each || phase.acting; n++) {
          writer.post(padding);
          // A fault that takes long is no reason to write ever more.
          await pause(between(pace, 15, 60) * (n < each ? 1 : 4));
        }
      }),
    );
    await (quiet ? writing : pause(between(random, 200, 500)));
    try {
      await act(scene);
    } finally {
      phase.acting = false;
      await writing;
    }

    const healed = now();
    const isDone = () => members.every((member) => member.isDone);
    const heads = new Map<string, number>();
    const isAtHead = () =>
      members.every(({ seq, options }) => seq === heads.get(options.workspace)) &&
      witnesses.every(({ seq, workspace }) => seq === heads.get(workspace));
    const done = await until(isDone, settleMs);
    for (const workspace of [task, secret]) heads.set(workspace, await world.headOf(workspace));
    const settled = done && (await until(isAtHead, settleMs));
    for (const end of endings.splice(0)) await end(heads);
    const stuck = members.filter(({ isDone: ends }) => !ends || !settled).map(({ condition }) => condition);
    const convergeMs = settled ? now() - healed : Number.POSITIVE_INFINITY;
    const logs = new Map([
      [task, await world.logOf(task)],
      [secret, await world.logOf(secret)],
    ]);
    return check({
      ...{ lines: history.lines, logs, live, persons, blind: new Set(['overseer']), digests: scene.digests },
      ...{ convergeMs, convergeWithinMs, stuck },
    });
  } finally {
    for (const end of endings) await end(new Map()).catch(() => undefined);
    for (const witness of witnesses) witness.close();
    await Promise.all(members.map((member) => member.close()));
    await history.close();
  }
}

export function join(
  world: World,
  taskId: string,
  personId: string,
  commandId: string = crypto.randomUUID(),
) {
  const { here, people, opds } = world.city;
  return here.team.addMember(people.head, {
    ...{ commandId, taskId, personId, opdId: opds.DLH, teamRole: 'ANGGOTA', mode: 'APPOINTED' },
  });
}

/** Whether it came true in time. */
export async function until(isTrue: () => boolean, ms: number): Promise<boolean> {
  const end = now() + ms;
  while (!isTrue()) {
    if (now() > end) return false;
    await pause(15);
  }
  return true;
}
