import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { Server, ServerOptions } from 'socket.io';
import { LIMITS } from '#libs/contracts';
import { Environment } from '../config/environment.js';
import { Connections } from './connections.js';
import { Handshake } from './handshake.js';
import type { SimpulSocket } from './rooms.js';

/** The one place where Socket.IO is set up. */
export class SocketIoAdapter extends IoAdapter {
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
    // Before Nest binds its handlers: what is refused here never reaches one.
    server.on('connection', (socket) => void this.app.get(Connections).add(socket as SimpulSocket));
    server.use((socket, next) => void handshake.signIn(socket).then(() => next(), next));
    return server;
  }
}
