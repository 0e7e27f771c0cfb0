import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { LIMITS, type FileView } from '#libs/contracts';
import { OrganizationService } from '../organization/organization.service.js';
import { toFileView } from './file.rows.js';
import { newestFiles } from './files.queries.js';

/** What the first view of a workspace shows of its files. Whoever calls has made sure that they may be seen. */
@Injectable()
export class FilesReader {
  constructor(private readonly organization: OrganizationService) {}

  async newest(tx: EntityManager, taskId: string): Promise<FileView[]> {
    const rows = await newestFiles(tx, taskId, LIMITS.filesInSnapshot);
    const names = await this.organization.namesOf(
      rows.flatMap((row) => [row.added_by, row.removed_by]),
      rows.map((row) => row.added_opd_id),
      tx,
    );
    return rows.map((row) => toFileView(row, names));
  }
}
