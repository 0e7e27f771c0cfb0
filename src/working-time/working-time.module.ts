import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { ImportModule, ImportRegistry } from '../organization/import/import.module.js';
import { OrganizationModule } from '../organization/organization.module.js';
import { WorkingTimeChanges } from './working-time-changes.js';
import { WorkingTimeService } from './working-time.service.js';
import { WorkingTimesController } from './working-times.controller.js';
import { WorkingTimesImporter } from './working-times.importer.js';

export { WorkingTimesImporter } from './working-times.importer.js';

/** When the city and its units work: rules with validity, their import and their administration. */
@Module({
  imports: [AccessModule, OrganizationModule, ImportModule],
  controllers: [WorkingTimesController],
  providers: [WorkingTimeService, WorkingTimeChanges, WorkingTimesImporter],
  exports: [WorkingTimeService, WorkingTimesImporter],
})
export class WorkingTimeModule {
  constructor(registry: ImportRegistry, times: WorkingTimesImporter) {
    registry.register(times);
  }
}
