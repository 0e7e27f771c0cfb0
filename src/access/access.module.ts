import { Module } from '@nestjs/common';
import { OrganizationModule } from '../organization/organization.module.js';
import { AccessService } from './access.service.js';
import { BoardAccess } from './boards.service.js';

@Module({
  imports: [OrganizationModule],
  providers: [AccessService, BoardAccess],
  exports: [AccessService, BoardAccess],
})
export class AccessModule {}
