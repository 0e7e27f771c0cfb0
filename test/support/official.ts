import { until as untilValue, SimpulClient, type Observable, type Room, type RoomView } from '#libs/client';
import type { SessionView } from '#libs/contracts';

export interface Official {
  session: SessionView;
  cookie: string;
  client: SimpulClient;
  /** A request as this person, with the answer read. */
  ask(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
}

const present = new Set<SimpulClient>();

/** Whoever came in leaves, also when a test failed in between: open connections would keep the run from ending. */
export function everybodyLeaves(): void {
  for (const client of present) client.close();
  present.clear();
}

/** Signs in over HTTP as a browser would, and connects a live client at the same door. */
export async function official(url: string, login: string, password: string): Promise<Official> {
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ login, password }),
  });
  if (!answer.ok) throw new Error(`sign-in of ${login}: ${answer.status} ${await answer.text()}`);
  const session = (await answer.json()) as SessionView;
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const client = new SimpulClient({ url, origin: url, cookie, personId: session.person.id });
  present.add(client);
  client.connect();
  return {
    session,
    cookie,
    client,
    async ask(method, path, body) {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: { 'content-type': 'application/json', origin: url, cookie },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
    },
  };
}

/** Waits for a view that fits; fails by showing the last one. */
export async function seen<T>(what: Observable<T>, fits: (value: T) => boolean, ms = 10_000): Promise<T> {
  return untilValue(what, fits, ms);
}

export async function opened({ client }: Official, workspaceId: string): Promise<Room> {
  const room = client.workspace(workspaceId);
  await seen(room.view, (view) => view.status === 'ready');
  return room;
}

/** Bodies of a thread as the room shows them. */
export function bodies(view: RoomView, threadId: string): string[] {
  return (view.state?.windows[threadId]?.messages ?? []).map((message) => message.body);
}
