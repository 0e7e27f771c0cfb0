import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ORGANIZATION_ENTITIES } from './entities.js';
import { OrganizationChanges } from './organization-changes.js';
import { OrganizationService } from './organization.service.js';

export { OrganizationChanges } from './organization-changes.js';

@Module({
  imports: [TypeOrmModule.forFeature(ORGANIZATION_ENTITIES)],
  providers: [OrganizationService, OrganizationChanges],
  exports: [OrganizationService, OrganizationChanges],
})
export class OrganizationModule {}
