import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { InboxModule } from '../inbox/inbox.module.js';
import { ReadingGateway } from './reading.gateway.js';
import { NoteSweeper } from './note-sweeper.js';
import { ReadingService } from './reading.service.js';

/** How far each person has read in each thread. */
@Module({
  imports: [AccessModule, InboxModule],
  providers: [ReadingService, ReadingGateway, NoteSweeper],
  exports: [ReadingService],
})
export class ReadingModule {}
