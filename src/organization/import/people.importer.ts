import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { dayOf } from '#libs/contracts';
import { OrganizationChanges } from '../organization-changes.js';
import { OrganizationService } from '../organization.service.js';
import type { PeoplePlan } from '../people.store.js';
import { csvRows, type Cells } from './csv.js';
import { PeopleBatch, type FileMemory } from './people.batch.js';
import { readPerson, type PersonCandidate } from './people.rows.js';
import { Reporting, type Importer, type ImportOptions, type ImportReport } from './report.js';

const COLUMNS = {
  nip: { aliases: ['nip_baru', 'nomor_induk', 'nip/nippppk'] },
  name_with_titles: { aliases: ['nama', 'nama_lengkap', 'nama_dan_gelar', 'nama_gelar', 'name'] },
  opd_code: { aliases: ['kode_opd', 'opd', 'unit', 'kode_unit', 'kode_perangkat_daerah'] },
  position: { aliases: ['jabatan', 'nama_jabatan'] },
  position_kind: { aliases: ['jenis_jabatan'] },
  grade: { aliases: ['golongan', 'golongan_ruang', 'gol', 'gol_ruang'] },
  email: { aliases: ['surel', 'e-mail', 'alamat_surel'] },
  valid_from: { aliases: ['tmt_jabatan', 'tmt', 'berlaku_mulai'], optional: true },
} as const;

export type PersonCells = Cells<keyof typeof COLUMNS>;

const BATCH = 500;

/**
 * Staff, PNS and PPPK. The NIP tells who it is: with the same name the person is brought up to date, with another name
 * the row is refused. A post written "Plt. …" or "Plh. …" stands beside the definitive one.
 */
@Injectable()
export class PeopleImporter implements Importer {
  readonly kind = 'people';
  readonly title = 'Pegawai (PNS dan PPPK), satu baris satu jabatan';

  constructor(
    private readonly source: DataSource,
    private readonly organization: OrganizationService,
    private readonly changes: OrganizationChanges,
  ) {}

  async run(file: AsyncIterable<Uint8Array>, options: ImportOptions = {}): Promise<ImportReport> {
    const day = options.day ?? dayOf(new Date());
    const reporting = new Reporting(options);
    const memory: FileMemory = { people: new Map(), emails: new Map() };
    let batch: PersonCandidate[] = [];

    const flush = async () => {
      const opds = new Map((await this.organization.opds()).map((opd) => [opd.code, opd]));
      const work = (tx: EntityManager) =>
        new PeopleBatch(tx, { day, validFrom: options.validFrom ?? day, opds, memory });
      const planned = batch;
      batch = [];
      if (options.dryRun) await settle(work(this.source.manager), planned);
      else await this.changes.applyPeople((tx) => settle(work(tx), planned));
      reporting.progress();
    };
    const settle = async (people: PeopleBatch, candidates: PersonCandidate[]): Promise<PeoplePlan> => {
      const { plan, outcomes } = await people.settle(candidates);
      for (const { line, fault, warnings, outcome } of outcomes) {
        if (fault) reporting.refuse(line, fault);
        else reporting.accept(line, outcome);
        if (!fault) for (const warning of warnings) reporting.warn(line, warning);
      }
      return plan;
    };

    return reporting.around(async () => {
      for await (const row of csvRows(file, COLUMNS)) {
        const read = 'fault' in row ? row.fault : readPerson(row.line, row.cells, day);
        if ('code' in read) reporting.refuse(row.line, read);
        else if (batch.push(read) >= BATCH) await flush();
      }
      if (batch.length > 0) await flush();
    });
  }
}
