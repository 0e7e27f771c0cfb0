import { Module, type BeforeApplicationShutdown } from '@nestjs/common';
import { WorkspaceLog } from '#libs/database';
import { AccessModule } from '../access/access.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { TasksModule } from '../tasks/tasks.module.js';
import { CatchUpReader } from './catch-up.js';
import { Connections } from './connections.js';
import { Handshake } from './handshake.js';
import { PresenceRooms } from './presence-rooms.js';
import { Rechecks } from './rechecks.js';
import { RightsRounds } from './rights-rounds.js';
import { WorkspaceGateway } from './realtime.gateway.js';
import { WorkspaceRooms } from './workspace-rooms.js';

const DRAIN_MS = 5_000;
const MOVE_MS = 300;

/** The live room: sockets, joining, catching up, presence. */
@Module({
  imports: [AuthModule, AccessModule, TasksModule],
  providers: [
    Handshake,
    Connections,
    CatchUpReader,
    WorkspaceRooms,
    Rechecks,
    RightsRounds,
    PresenceRooms,
    WorkspaceGateway,
  ],
  exports: [Connections, Rechecks, WorkspaceRooms],
})
export class RealtimeModule implements BeforeApplicationShutdown {
  constructor(
    private readonly connections: Connections,
    private readonly log: WorkspaceLog,
  ) {}

  /** A polite stop: what was accepted is finished, then everybody is asked to move, not all at once. */
  async beforeApplicationShutdown(): Promise<void> {
    this.connections.draining = true;
    const until = performance.now() + DRAIN_MS;
    while (this.log.pending > 0 && performance.now() < until) await pause(20);
    const sockets = [...this.connections.all()];
    const spread = Math.min(10_000, 500 + sockets.length * 2);
    for (const socket of sockets) socket.emit('go_away', { delayMs: Math.round(Math.random() * spread) });
    if (sockets.length > 0) await pause(MOVE_MS);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
