import { Module } from '@nestjs/common';
import { DiscussionModule } from '../discussion/discussion.module.js';
import { ImportModule, ImportRegistry } from '../organization/import/import.module.js';
import { OrganizationModule } from '../organization/organization.module.js';
import { PublicModule } from '../public/public.module.js';
import { TasksModule } from '../tasks/tasks.module.js';
import { TaskWriter } from './task-writer.js';
import { TasksImporter } from './tasks.importer.js';

export { TasksImporter, type TaskImportOptions } from './tasks.importer.js';

@Module({
  imports: [OrganizationModule, ImportModule, TasksModule, DiscussionModule, PublicModule],
  providers: [TasksImporter, TaskWriter],
  exports: [TasksImporter],
})
export class TaskImportModule {
  constructor(registry: ImportRegistry, tasks: TasksImporter) {
    registry.register(tasks);
  }
}
