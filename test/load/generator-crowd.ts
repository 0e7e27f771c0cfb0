import { setTimeout as delay } from 'node:timers/promises';
import type { Crowd, Place } from './generator-wishes.js';
import { LoadClient, type Answer } from './load-client.js';

interface Member {
  token: string;
  place: Place;
  seq: number;
  client: LoadClient | undefined;
}

interface JoinAnswer extends Answer {
  head: number;
  kind: 'up-to-date' | 'events' | 'reset';
  events?: { seq: number }[];
}

const CONNECTING = 32;
/** As the client of the browser: the first try after half a second to one and a half. */
const AFTER_MS = [500, 1_500] as const;
const GIVE_UP_MS = 60_000;

let members: Member[] = [];
const paused: LoadClient[] = [];

/** People who lose their instance together and come back to another one, and one who does not read. */
export const crowdCommands = {
  async gather({ port, people }: Crowd): Promise<void> {
    members = people.map((person) => ({ ...person, seq: 0, client: undefined }));
    const waiting = [...members];
    const worker = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await enter(next, port);
    };
    await Promise.all(Array.from({ length: CONNECTING }, worker));
  },

  /** From now until the last of them stands at the head again, with nothing missing in between. */
  async comeBack({
    port,
  }: {
    port: number;
  }): Promise<{ ms: number; tries: number; holes: number; resets: number }> {
    const begin = performance.now();
    const found = { tries: 0, holes: 0, resets: 0 };
    await Promise.all(
      members.map(async (member) => {
        member.client?.close();
        for (;;) {
          await delay(AFTER_MS[0] + Math.random() * (AFTER_MS[1] - AFTER_MS[0]));
          found.tries++;
          const since = member.seq;
          try {
            const { kind, events = [], head } = await enter(member, port);
            if (kind === 'reset') found.resets++;
            else if (events.length !== head - since || events.some(({ seq }, i) => seq !== since + 1 + i))
              found.holes++;
            return;
          } catch (error) {
            if (performance.now() - begin > GIVE_UP_MS) throw error;
          }
        }
      }),
    );
    return { ms: performance.now() - begin, ...found };
  },

  /** Somebody who joins and reads nothing from then on. */
  async pausedReader({ port, token, place }: { port: number; token: string; place: Place }): Promise<void> {
    const client = await LoadClient.open({ wire: 'simpul', port, token });
    const answer = await client.ask('workspace.join', { workspaceId: place.workspaceId });
    if (!answer.ok) throw new Error(JSON.stringify(answer));
    client.pause();
    paused.push(client);
  },
};

async function enter(member: Member, port: number): Promise<JoinAnswer> {
  const { place, token, seq } = member;
  const client = await LoadClient.open({ wire: 'simpul', port, token });
  member.client = client;
  const wish = { workspaceId: place.workspaceId, since: { epoch: place.epoch, seq } };
  const answer = (await client.ask('workspace.join', wish)) as JoinAnswer;
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  member.seq = answer.head;
  return answer;
}
