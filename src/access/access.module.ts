import { Module } from '@nestjs/common';
import { OrganizationModule } from '../organization/organization.module.js';
import { AccessService } from './access.service.js';

@Module({
  imports: [OrganizationModule],
  providers: [AccessService],
  exports: [AccessService],
})
export class AccessModule {}
