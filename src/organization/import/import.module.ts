import { Module } from '@nestjs/common';
import { OrganizationModule } from '../organization.module.js';
import { HolidaysImporter } from './holidays.importer.js';
import { ImportRegistry } from './import-registry.js';
import { OpdsImporter } from './opds.importer.js';
import { PeopleImporter } from './people.importer.js';

export { HolidaysImporter } from './holidays.importer.js';
export { ImportRegistry } from './import-registry.js';
export { OpdsImporter } from './opds.importer.js';
export { PeopleImporter } from './people.importer.js';
export * from './report.js';
export { describeReport, problemsAsCsv } from './words.js';

/** Importers of units, people and holidays, and the registry in which other features put theirs. */
@Module({
  imports: [OrganizationModule],
  providers: [ImportRegistry, OpdsImporter, PeopleImporter, HolidaysImporter],
  exports: [ImportRegistry, OpdsImporter, PeopleImporter, HolidaysImporter],
})
export class ImportModule {
  constructor(
    registry: ImportRegistry,
    opds: OpdsImporter,
    people: PeopleImporter,
    holidays: HolidaysImporter,
  ) {
    for (const importer of [opds, people, holidays]) registry.register(importer);
  }
}
