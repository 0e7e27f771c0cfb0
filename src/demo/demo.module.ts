import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { ImportModule } from '../organization/import/import.module.js';
import { OrganizationModule } from '../organization/organization.module.js';
import { TaskImportModule } from '../task-import/task-import.module.js';
import { WorkingTimeModule } from '../working-time/working-time.module.js';
import { DemoSeed } from './demo-seed.js';

export { ACCOUNTS } from './demo-cast.js';
export { demoPassword } from './demo-password.js';
export { DemoSeed } from './demo-seed.js';

/** The demo city: sample data loaded through the services, and a dozen accounts. */
@Module({
  imports: [AuthModule, OrganizationModule, ImportModule, TaskImportModule, WorkingTimeModule],
  providers: [DemoSeed],
})
export class DemoModule {}
