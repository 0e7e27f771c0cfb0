import { Logger, type INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { isObservable, lastValueFrom } from 'rxjs';
import type { Server, ServerOptions, Socket } from 'socket.io';
import { LIMITS } from '#libs/contracts';
import { Environment } from '../config/environment.js';
import { isAck } from './ack.js';
import { Connections } from './connections.js';
import { Handshake } from './handshake.js';
import type { SimpulSocket } from './rooms.js';

/** As Nest binds a gateway's handler to one socket. */
interface Handler {
  message: string;
  callback(data: unknown, ack: unknown): unknown;
}

/** The one place where Socket.IO is set up. */
export class SocketIoAdapter extends IoAdapter {
  private readonly handlers = new WeakMap<Socket, Map<string, Handler['callback']>>();
  private readonly watched = new WeakSet<Socket>();

  constructor(private readonly app: INestApplicationContext) {
    super(app);
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    const environment = this.app.get(Environment);
    const handshake = this.app.get(Handshake);
    const server = super.createIOServer(port, {
      ...options,
      // WebSocket alone needs no sticky sessions; polling is for networks that block it.
      transports: environment.polling ? ['websocket', 'polling'] : ['websocket'],
      serveClient: false,
      maxHttpBufferSize: LIMITS.frameBytes + 1_024,
      // 224 KB a connection against 18: bad connections are helped more by small frames.
      perMessageDeflate: false,
      httpCompression: false,
      pingInterval: 15_000,
      pingTimeout: 15_000,
      connectTimeout: 10_000,
      // `cors` does not guard WebSocket upgrades; this does.
      allowRequest: (request, answer) =>
        answer(handshake.refusal(request), handshake.refusal(request) === null),
    } as Partial<ServerOptions> as ServerOptions);
    // Each gateway listens for connections by itself: more of them are no leak.
    server.sockets.setMaxListeners(0);
    // Before Nest binds its handlers: what is refused here never reaches one.
    server.on('connection', (socket) => void this.app.get(Connections).add(socket as SimpulSocket));
    server.use((socket, next) => void handshake.signIn(socket).then(() => next(), next));
    return server;
  }

  /** One way in for all messages of a socket: a listener and a chain of observables for each cost 20 KB a client. */
  override bindMessageHandlers(socket: Socket, handlers: Handler[]): void {
    const bound = this.handlers.get(socket) ?? new Map<string, Handler['callback']>();
    for (const { message, callback } of handlers) bound.set(message, callback);
    if (this.handlers.has(socket)) return;
    this.handlers.set(socket, bound);
    // Behind the guard of `Connections`, and the last in the row: there are no listeners to go on to.
    socket.use(([name, ...args]) => {
      const callback = bound.get(name);
      if (callback && socket.connected) void handle(callback, args);
    });
  }

  /** All gateways share one stream of disconnections: it is told once, not by each of them. */
  override bindClientDisconnect(socket: Socket, callback: (reason: string) => void): void {
    if (this.watched.has(socket)) return;
    this.watched.add(socket);
    super.bindClientDisconnect(socket, callback);
  }
}

async function handle(callback: Handler['callback'], args: unknown[]): Promise<void> {
  const ack = args.at(-1);
  const data = isAck(ack) ? args.slice(0, -1) : args;
  try {
    const result = await callback(data.length > 1 ? data : data[0], ack);
    const response: unknown = isObservable(result)
      ? await lastValueFrom(result, { defaultValue: null })
      : result;
    if (isAck(ack) && typeof response === 'object' && response !== null) ack(response);
  } catch (error) {
    // Refusals are answered by the filter; this is the filter's own fault.
    Logger.error({ err: error }, 'Realtime');
  }
}
