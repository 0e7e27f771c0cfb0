import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Socket } from 'socket.io';
import { applyEvent } from '#libs/contracts';
import type { ClientEvents, ServerEvents, WorkspaceEvent } from '#libs/contracts';
import { SimpulClient, until, type RoomView } from '../index.js';
import { aMessage, aState, FULL_RIGHTS, person, THREAD } from '../test-support.js';

const WORKSPACE = 'workspace-1';
const EPOCH = 'epoch-1';

type Link = Socket<ClientEvents, ServerEvents>;

/** A small true server: one workspace, its events in an array, who is signed in by a cookie. */
class OneRoom {
  readonly http: HttpServer;
  readonly io: Server<ClientEvents, ServerEvents>;
  readonly log: WorkspaceEvent[] = [];
  readonly origins: (string | undefined)[] = [];
  readonly typing: string[] = [];
  handshakes = 0;
  left = 0;

  constructor() {
    this.http = createServer();
    this.io = new Server(this.http, { transports: ['websocket'] });
    this.io.use((socket, next) => {
      this.handshakes++;
      this.origins.push(socket.handshake.headers.origin);
      if (socket.handshake.headers.cookie === 'session=good') return next();
      next(Object.assign(new Error('unauthenticated'), { data: { code: 'unauthenticated', details: {} } }));
    });
    this.io.on('connection', (socket) => this.attach(socket));
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.http.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    await this.io.close();
  }

  private attach(socket: Link): void {
    socket.on('workspace.join', ({ since }, ack) => {
      void socket.join(WORKSPACE);
      const head = this.log.length;
      const answer = { ok: true as const, epoch: EPOCH, head, rights: FULL_RIGHTS };
      if (since) return ack({ ...answer, kind: 'events', events: this.log.slice(since.seq) });
      const state = this.log.reduce(applyEvent, aState());
      ack({ ...answer, kind: 'reset', snapshot: { epoch: EPOCH, state, rights: FULL_RIGHTS } });
    });
    socket.on('workspace.leave', (_, ack) => {
      this.left++;
      ack({ ok: true });
    });
    socket.on('typing', ({ threadId }) => this.typing.push(threadId));
    socket.on('message.post', ({ commandId, threadId, body }, ack) => {
      const seq = this.log.length + 1;
      const at = '2026-11-24T02:00:00.000Z';
      const author = person('me');
      const message = aMessage({ no: seq, threadId, commandId, body, author });
      const event: WorkspaceEvent = {
        streamId: WORKSPACE,
        seq,
        type: 'message.posted',
        at,
        actor: author,
        commandId,
        data: { message },
      };
      this.log.push(event);
      this.io.to(WORKSPACE).emit('workspace.events', { streamId: WORKSPACE, epoch: EPOCH, events: [event] });
      ack({ ok: true, commandId, streamId: WORKSPACE, seq, at });
    });
  }
}

const bodies = (view: RoomView): string[] =>
  view.state?.windows[THREAD]?.messages.map((message) => message.body) ?? [];

describe('over a true socket', () => {
  let server: OneRoom;
  let url: string;
  const clients: SimpulClient[] = [];

  const aClient = (cookie = 'session=good'): SimpulClient => {
    const client = new SimpulClient({
      url,
      personId: 'me',
      cookie,
      socketOptions: { reconnectionDelay: 20, reconnectionDelayMax: 50 },
    });
    clients.push(client);
    client.connect();
    return client;
  };

  beforeEach(async () => {
    server = new OneRoom();
    url = await server.listen();
  });

  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    await server.close();
  });

  it('joins, posts, sees the message once, and leaves', async () => {
    const client = aClient();
    const room = client.workspace(WORKSPACE);
    await until(room.view, (view) => view.status === 'ready');
    expect(client.connection.get().state).toBe('online');
    room.send('message.post', { threadId: THREAD, body: 'halo' });
    const view = await until(room.view, (now) => now.pending.length === 0 && bodies(now).length > 0);
    expect(bodies(view)).toEqual(['halo']);
    expect(server.origins).toEqual([url]);
    room.typing(THREAD);
    room.typing(THREAD);
    room.leave();
    await waitFor(() => server.left === 1);
    expect(server.typing).toEqual([THREAD]);
  });

  it('sends after a cut what was written meanwhile, and catches up with what it missed', async () => {
    const client = aClient();
    const room = client.workspace(WORKSPACE);
    await until(room.view, (view) => view.status === 'ready');
    server.io.disconnectSockets(true);
    await until(client.connection, ({ state }) => state === 'offline');
    room.send('message.post', { threadId: THREAD, body: 'one' });
    room.send('message.post', { threadId: THREAD, body: 'two' });
    const view = await until(room.view, (now) => bodies(now).length === 2 && now.pending.length === 0);
    expect(bodies(view)).toEqual(['one', 'two']);
    expect(client.connection.get().state).toBe('online');
  });

  it('moves when the instance asks it to', async () => {
    const client = aClient();
    await until(client.connection, ({ state }) => state === 'online');
    server.io.emit('go_away', { delayMs: 30 });
    await until(client.connection, ({ state }) => state === 'offline');
    await until(client.connection, ({ state }) => state === 'online');
    expect(server.handshakes).toBe(2);
  });

  it('stops when nobody is signed in, and keeps what was written', async () => {
    const client = aClient('session=ended');
    const room = client.workspace(WORKSPACE);
    room.send('message.post', { threadId: THREAD, body: 'kept' });
    await until(client.connection, ({ state }) => state === 'signed-out');
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(server.handshakes).toBe(1);
    expect(client.pending.get()).toMatchObject([{ state: 'queued', data: { body: 'kept' } }]);
  });

  it('stops when the sign-in ends', async () => {
    const client = aClient();
    await until(client.connection, ({ state }) => state === 'online');
    server.io.emit('signed-out', { reason: 'ended' });
    await until(client.connection, ({ state }) => state === 'signed-out');
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(server.handshakes).toBe(1);
  });
});

async function waitFor(test: () => boolean): Promise<void> {
  const end = Date.now() + 5_000;
  while (!test()) {
    if (Date.now() > end) throw new Error('not reached within 5 s');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
