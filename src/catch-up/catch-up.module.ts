import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { InboxModule } from '../inbox/inbox.module.js';
import { ReadingModule } from '../reading/reading.module.js';
import { CatchUpGateway } from './catch-up.gateway.js';
import { CatchUpService } from './catch-up.service.js';

/** Kejar ketinggalan: what happened in a task since one's last visit. */
@Module({
  imports: [AccessModule, InboxModule, ReadingModule],
  providers: [CatchUpService, CatchUpGateway],
})
export class CatchUpModule {}
