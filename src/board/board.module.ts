import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { OrganizationModule } from '../organization/organization.module.js';
import { RealtimeModule } from '../realtime/realtime.module.js';
import { BoardProjection } from './board-projection.js';
import { BoardRooms } from './board-rooms.js';
import { BoardGateway } from './board.gateway.js';

export { BoardRooms };
export { startBoardsAnew } from './board.store.js';

/** Pantauan and Beranda: live summaries of tasks for those who oversee them, and for each member their own. */
@Module({
  imports: [AccessModule, OrganizationModule, RealtimeModule],
  providers: [BoardProjection, BoardRooms, BoardGateway],
  exports: [BoardRooms],
})
export class BoardModule {}
