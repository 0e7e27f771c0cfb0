import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { CrowdWish, CrowdWord } from '../crowd.js';
import { join, type Scenario, type Scene } from '../scenario.js';
import { LONG, SIZE } from '../size.js';

const PROCESSES = LONG ? 4 : 1;
/** Of the twelve that an instance lets one person have. */
const SOCKETS_EACH = 8;
const SCRIPT = fileURLToPath(new URL('../crowd.mjs', import.meta.url));
const PATIENCE_MS = LONG ? 240_000 : 45_000;

/** Clients in processes of their own lose their connections in the same moment, and all come back. */
export const CROWD: Scenario = {
  fault: `${SIZE.crowd} clients reconnect at once`,
  async act(scene) {
    const people = await crowdOf(scene, Math.ceil(SIZE.crowd / SOCKETS_EACH));
    const children: ChildProcess[] = [];
    scene.atTheEnd(async (heads) => {
      try {
        for (const child of children) child.send({ head: heads.get(scene.task) ?? 0 });
        for (const child of children) {
          const word = await said(child, (one) => typeof one === 'object');
          if (typeof word === 'object') scene.digests.push(...word.done);
        }
      } finally {
        for (const child of children) child.kill('SIGKILL');
      }
    });
    for (let i = 0; i < PROCESSES; i++) {
      const child = fork(SCRIPT, { execArgv: ['--disable-warning=ExperimentalWarning'] });
      children.push(child);
      const { url } = scene.world.cluster;
      const wish = {
        name: `crowd ${i + 1}`,
        url,
        workspace: scene.task,
        people,
        count: SIZE.crowd / PROCESSES,
      };
      child.send(wish satisfies CrowdWish);
    }
    await Promise.all(children.map((child) => said(child, (word) => word === 'ready')));
    await scene.world.cluster.proxy.restart();
    for (const child of children) child.send('cut');
    await Promise.all(children.map((child) => said(child, (word) => word === 'back')));
  },
};

async function crowdOf({ world, task }: Scene, count: number): Promise<CrowdWish['people']> {
  const people: CrowdWish['people'] = [];
  for (let i = 0; i < count; i++) {
    const person = await world.city.aPerson(`Warga ruang ${i + 1}`);
    await join(world, task, person.id);
    people.push({ personId: person.id, cookie: await world.cookieOf(person) });
  }
  return people;
}

async function said(child: ChildProcess, fits: (word: CrowdWord) => boolean): Promise<CrowdWord> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  for (;;) {
    const [word] = (await once(child, 'message', { signal })) as [CrowdWord];
    if (fits(word)) return word;
  }
}
