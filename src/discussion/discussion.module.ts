import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessModule } from '../access/access.module.js';
import { OrganizationModule } from '../organization/organization.module.js';
import { DiscussionImport } from './discussion-import.service.js';
import { DiscussionGateway } from './discussion.gateway.js';
import { DiscussionService } from './discussion.service.js';
import { DISCUSSION_ENTITIES } from './entities.js';
import { Mentions } from './mentions.service.js';
import { MessageChanges } from './message-changes.service.js';
import { TalkService } from './talk.service.js';
import { Threads } from './threads.service.js';

@Module({
  imports: [TypeOrmModule.forFeature(DISCUSSION_ENTITIES), AccessModule, OrganizationModule],
  providers: [
    DiscussionService,
    MessageChanges,
    Threads,
    Mentions,
    DiscussionImport,
    TalkService,
    DiscussionGateway,
  ],
  exports: [DiscussionService, MessageChanges, Threads, DiscussionImport, TalkService],
})
export class DiscussionModule {}
