import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { OrganizationModule } from '../organization/organization.module.js';
import { DecisionHolders } from './decision-holders.js';
import { InboxProjection } from './inbox-projection.js';
import { InboxGateway } from './inbox.gateway.js';
import { InboxService } from './inbox.service.js';

/** Kotak Masuk: what waits for each person, and what they should know. */
@Module({
  imports: [AccessModule, OrganizationModule],
  providers: [InboxProjection, DecisionHolders, InboxService, InboxGateway],
  exports: [InboxService],
})
export class InboxModule {}
