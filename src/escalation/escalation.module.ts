import { Module } from '@nestjs/common';
import { OrganizationModule } from '../organization/organization.module.js';
import { WorkingTimeModule } from '../working-time/working-time.module.js';
import { EscalationService } from './escalation.service.js';

/** The ladder from a reminder up to the Sekda. */
@Module({
  imports: [OrganizationModule, WorkingTimeModule],
  providers: [EscalationService],
  exports: [EscalationService],
})
export class EscalationModule {}
