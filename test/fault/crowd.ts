import { SimpulClient, type Room } from '#libs/client';
import type { Digest } from './checker.js';
import { digestOf, fold } from './digest.js';

export interface CrowdWish {
  name: string;
  url: string;
  workspace: string;
  people: { personId: string; cookie: string }[];
  count: number;
}

/** To the parent: all have joined, all are back after `cut`, all stand at the head. */
export type CrowdWord = 'ready' | 'back' | { done: Digest[] };

const LOOK_MS = 50;

/** Many lean clients: each remembers where it began, where it stands, and a digest of what it applied in between. */
export function crowd(): void {
  process.once('message', (wish) => {
    const members = open(wish as CrowdWish);
    const say = (word: CrowdWord): void => void process.send?.(word);
    void when(() => members.every(({ room }) => room.view.get().status === 'ready')).then(() => say('ready'));
    process.on('message', (order: 'cut' | { head: number }) => {
      if (order === 'cut') {
        // Told after the connections broke; whoever noticed already counts as well.
        for (const { client } of members) client.probe();
        const isBack = ({ client }: Member) => client.connection.get().state === 'online';
        void when(() => members.every(isBack)).then(() => say('back'));
      } else {
        void when(() => members.every(({ digest }) => digest.seq >= order.head)).then(() =>
          say({ done: members.map(({ digest }) => digest) }),
        );
      }
    });
  });
}

interface Member {
  client: SimpulClient;
  room: Room;
  digest: Digest;
}

function open({ name, url, workspace, people, count }: CrowdWish): Member[] {
  return Array.from({ length: count }, (_, i) => {
    const { personId, cookie } = people[i % people.length] ?? { personId: '', cookie: '' };
    const client = new SimpulClient({ url, cookie, personId });
    const room = client.workspace(workspace);
    const digest = { process: `${name}.${i + 1}`, workspace, from: 0, seq: 0, digest: digestOf([]) };
    room.journal.subscribe((entry) => {
      if (entry.kind === 'reset') {
        const { seq } = entry.snapshot.state;
        Object.assign(digest, { from: seq, seq, digest: digestOf([]) });
      } else if (entry.kind === 'event') {
        Object.assign(digest, { seq: entry.event.seq, digest: fold(digest.digest, entry.event) });
      }
    });
    client.connect();
    return { client, room, digest };
  });
}

function when(isTrue: () => boolean): Promise<void> {
  return new Promise((done) => {
    const timer = setInterval(() => {
      if (!isTrue()) return;
      clearInterval(timer);
      done();
    }, LOOK_MS);
  });
}
