import { Module } from '@nestjs/common';
import { OrganizationModule } from '../organization/organization.module.js';
import { AccessService } from './access.service.js';
import { BoardAccess } from './boards.service.js';
import { Today } from './today.service.js';

@Module({
  imports: [OrganizationModule],
  providers: [Today, AccessService, BoardAccess],
  exports: [Today, AccessService, BoardAccess],
})
export class AccessModule {}
