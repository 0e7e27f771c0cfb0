import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Ack } from '#libs/contracts';
import { Peer } from '../../support/live-app.js';
import type { Scenario, Scene } from '../scenario.js';
import { LONG } from '../size.js';

const TWINS = LONG ? 60 : 6;

/**
 * The same command at every instance in the same moment: all of them have looked for it, found nothing, and wait for
 * the lock of the head that is held here.
 */
export const TWIN_COMMANDS: Scenario = {
  fault: 'the same command comes to all instances at once',
  quiet: true,
  async act(scene) {
    const { world } = scene;
    const [person] = world.people;
    if (!person) throw new Error('nobody is there');
    const cookie = await world.cookieOf(person);
    const peers = await Promise.all(world.cluster.apps.map(({ url }) => Peer.open(url, cookie)));
    for (let i = 0; i < TWINS; i++) await sendTo(peers, scene);
    for (const peer of peers) peer.close();
  },
};

async function sendTo(peers: Peer[], { world, task, thread, history }: Scene): Promise<void> {
  const commandId = randomUUID();
  const process = 'twins';
  const answers = await world.source.transaction(async (tx) => {
    await tx.query('SELECT FROM stream_head WHERE id = $1 FOR UPDATE', [task]);
    history.add({ process, op: 'send', kind: 'invoke', workspace: task, commandId });
    const wish = { workspaceId: task, commandId, threadId: thread, body: 'Sekali saja' };
    const asked = peers.map((peer) => peer.ask<Ack>('message.post', wish));
    await untilWaiting(world, peers.length);
    // Not awaited inside: they go on when this transaction ends.
    return { asked };
  });
  for (const ack of await Promise.all(answers.asked)) {
    if (ack.ok) history.add({ process, op: 'send', kind: 'ok', workspace: task, commandId, seq: ack.seq });
    else history.add({ process, op: 'send', kind: 'info', workspace: task, commandId, type: ack.error.code });
  }
}

async function untilWaiting({ source }: Scene['world'], count: number): Promise<void> {
  for (;;) {
    const [row] = await source.query<{ n: number }[]>(
      `SELECT count(*)::int AS n FROM pg_stat_activity
       WHERE wait_event_type = 'Lock' AND datname = current_database()`,
    );
    if ((row?.n ?? 0) >= count) return;
    await pause(10);
  }
}
