import { Injectable } from '@nestjs/common';
import { dayOf, isDay, type Day } from '#libs/contracts';
import { OrganizationChanges } from '../organization-changes.js';
import { OrganizationService } from '../organization.service.js';
import { normalName, splitName, type NameParts } from '../person-name.js';
import { cleanText, textFault } from './cell.js';
import { csvRows, type Cells } from './csv.js';
import { unknownOpd } from './people.batch.js';
import { BAD_DAY, BAD_EMAIL, isEmail } from './people.rows.js';
import { Reporting, type Fault, type Importer, type ImportOptions, type ImportReport } from './report.js';

const COLUMNS = {
  email: { aliases: ['surel'] },
  name_with_titles: { aliases: ['nama', 'nama_dan_gelar'] },
  opd_code: { aliases: ['kode_opd', 'opd'] },
  position: { aliases: ['jabatan'] },
  valid_from: { aliases: ['tmt', 'mulai'], optional: true },
} as const;

interface Leader extends NameParts {
  email: string;
  opdCode: string;
  title: string;
  validFrom: Day | null;
}

/** Wali Kota and Wakil: elected, so without a NIP; the e-mail address tells who is who. */
@Injectable()
export class LeadersImporter implements Importer {
  readonly kind = 'leaders';
  readonly title = 'Kepala daerah dan wakil (tanpa NIP)';

  constructor(
    private readonly organization: OrganizationService,
    private readonly changes: OrganizationChanges,
  ) {}

  async run(file: AsyncIterable<Uint8Array>, options: ImportOptions = {}): Promise<ImportReport> {
    const reporting = new Reporting(options);
    const day = options.day ?? dayOf(new Date());
    return reporting.around(async () => {
      for await (const row of csvRows(file, COLUMNS)) {
        const leader = 'fault' in row ? row.fault : readLeader(row.cells);
        const outcome = 'reason' in leader ? leader : await this.seat(leader, day, options);
        if (typeof outcome === 'object') reporting.refuse(row.line, outcome);
        else reporting.accept(row.line, outcome);
      }
    });
  }

  private async seat(
    leader: Leader,
    day: Day,
    { dryRun, validFrom }: ImportOptions,
  ): Promise<Fault | 'added' | 'changed' | 'unchanged'> {
    const opd = await this.organization.opdByCode(leader.opdCode);
    if (!opd) return unknownOpd(leader.opdCode);
    const known = await this.organization.personIdByEmail(leader.email);
    if (known) {
      const { name } = splitName((await this.organization.personView(known)).name);
      if (normalName(name) !== normalName(leader.name)) return OTHER_NAME;
      const posts = await this.organization.positionsOf(known, leader.validFrom ?? day);
      if (posts.some((post) => post.opd.id === opd.id && post.title === leader.title)) return 'unchanged';
    }
    if (!dryRun) {
      const { email, frontTitles, name, backTitles } = leader;
      const personId =
        known ??
        (await this.changes.addPerson({ nip: null, email, frontTitles, name, backTitles, opdId: null }));
      await this.changes.assignPosition({
        personId,
        opdId: opd.id,
        title: leader.title,
        positionKind: 'kepala_daerah',
        grade: null,
        mode: 'DEFINITIVE',
        validFrom: leader.validFrom ?? validFrom ?? day,
      });
    }
    return known ? 'changed' : 'added';
  }
}

function readLeader(cells: Cells<keyof typeof COLUMNS>): Leader | Fault {
  const email = cleanText(cells.email).toLowerCase();
  const fullName = cleanText(cells.name_with_titles);
  const title = cleanText(cells.position);
  const fault =
    (isEmail(email) ? null : BAD_EMAIL) ??
    textFault(fullName, { field: 'name_with_titles', label: 'Nama', code: 'NAME', max: 200 }) ??
    textFault(title, { field: 'position', label: 'Jabatan', code: 'POSITION', max: 300 }) ??
    (cells.valid_from === '' || isDay(cells.valid_from) ? null : BAD_DAY);
  if (fault) return fault;
  return {
    ...splitName(fullName),
    email,
    opdCode: cells.opd_code.trim().toUpperCase(),
    title,
    validFrom: isDay(cells.valid_from) ? cells.valid_from : null,
  };
}

const OTHER_NAME: Fault = {
  field: 'name_with_titles',
  code: 'EMAIL_DUPLICATE',
  reason: 'Surel ini sudah dipakai orang lain',
  remedy: 'Periksa surelnya; pejabat baru memakai surel sendiri.',
};
