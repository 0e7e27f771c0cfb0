import { Module } from '@nestjs/common';
import { OrganizationModule } from '../organization.module.js';
import { HolidaysImporter } from './holidays.importer.js';
import { ImportRegistry } from './import-registry.js';
import { LeadersImporter } from './leaders.importer.js';
import { OpdsImporter } from './opds.importer.js';
import { PeopleImporter } from './people.importer.js';

export { cleanText } from './cell.js';
export { csvRows, type Cells } from './csv.js';
export { HolidaysImporter } from './holidays.importer.js';
export { ImportRegistry } from './import-registry.js';
export { LeadersImporter } from './leaders.importer.js';
export { OpdsImporter } from './opds.importer.js';
export { unknownOpd } from './people.batch.js';
export { PeopleImporter } from './people.importer.js';
export * from './report.js';
export { describeReport, problemsAsCsv } from './words.js';

/** Importers of units, people, elected leaders and holidays, and the registry in which other features put theirs. */
@Module({
  imports: [OrganizationModule],
  providers: [ImportRegistry, OpdsImporter, PeopleImporter, LeadersImporter, HolidaysImporter],
  exports: [ImportRegistry, OpdsImporter, PeopleImporter, LeadersImporter, HolidaysImporter],
})
export class ImportModule {
  constructor(
    registry: ImportRegistry,
    opds: OpdsImporter,
    people: PeopleImporter,
    leaders: LeadersImporter,
    holidays: HolidaysImporter,
  ) {
    for (const importer of [opds, people, leaders, holidays]) registry.register(importer);
  }
}
