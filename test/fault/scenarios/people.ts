import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { between } from '../random.js';
import { join, until, type Scenario, type Scene } from '../scenario.js';
import { LONG } from '../size.js';

export const PEOPLE: Scenario[] = [
  {
    fault: 'a member is removed while sending, and added again',
    async act(scene) {
      const { world, task, history, random } = scene;
      const { team } = world.city.here;
      const { head } = world.city.people;
      const [writer] = scene.writers;
      if (!writer) throw new Error('nobody writes');
      const personId = writer.options.person.id;
      // The same person at each instance, on the wire.
      world.cluster.apps.forEach((_, i) => scene.witness(`removed, wire ${i + 1}`, 0, i));
      for (let round = 0; round < (LONG ? 6 : 2); round++) {
        await pause(between(random, 300, 700));
        const wish = { taskId: task, personId, reason: 'Mutasi' };
        await team.removeMember(head, { ...wish, commandId: randomUUID() });
        for (let i = 0; i < 5; i++) writer.post();
        await pause(between(random, 500, 2_500));
        const commandId = randomUUID();
        history.add({ process: 'head', op: 'send', kind: 'invoke', workspace: task, commandId });
        const { seq } = await join(world, task, personId, commandId);
        history.add({ process: 'head', op: 'send', kind: 'ok', workspace: task, commandId, seq });
        await until(() => !writer.isReady, 1_500);
        writer.enterAgain();
        await until(() => writer.isReady, 10_000);
      }
    },
  },
  {
    fault: 'nonsense arrives and handlers throw',
    async act(scene) {
      const { world, writers, random } = scene;
      const [thrower, ...others] = writers;
      for (const i of world.cluster.apps.keys()) await world.sabotage(i, { throws: true });
      thrower?.openThread('Ini akan gagal');
      for (let round = 0; round < (LONG ? 40 : 4); round++) {
        await Promise.all(NONSENSE.map((text) => shout(scene, text)));
        await pause(between(random, 50, 200));
      }
      for (const i of world.cluster.apps.keys()) await world.sabotage(i, {});
      others[0]?.openThread('Ini berhasil');
    },
  },
];

const event = (name: unknown, ...data: unknown[]): string => `42${JSON.stringify([name, ...data])}`;
const NONSENSE = [
  '49 not a packet',
  '42["message.post",{',
  '42["constructor",{}]',
  '421["message.post"]',
  event('message.post', null),
  event('message.post', [1, 2, 3]),
  event('message.post', { workspaceId: 'x', commandId: 7, threadId: {}, body: [] }),
  event('message.post', { body: 'a'.repeat(5_000_000) }),
  event('message.post', 'text', 'more', { and: 'more' }),
  event('workspace.join', { workspaceId: randomUUID(), since: { epoch: 1, seq: 'x' } }),
  event('workspace.leave'),
  event('typing', { workspaceId: null }),
  event('__proto__', {}),
  event(7, {}),
  event('disconnecting', {}),
];

/** One connection that says it and is gone. */
async function shout({ world, random }: Scene, text: string): Promise<void> {
  const app = world.app(Math.floor(random() * world.cluster.apps.length));
  const person = world.people.at(-1);
  if (!person) throw new Error('nobody is there');
  const raw = new WebSocket(`${app.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
    headers: { cookie: await world.cookieOf(person), origin: app.url },
  });
  const closed = new Promise<void>((done) => raw.once('close', () => done()));
  // A refused or broken connection is what may come of it; `close` follows.
  raw.on('error', () => undefined);
  raw.once('message', () => {
    raw.send('40');
    raw.once('message', () => {
      raw.send(text);
      raw.ping();
    });
  });
  raw.once('pong', () => raw.close());
  await Promise.race([closed, pause(3_000)]);
  raw.terminate();
}
