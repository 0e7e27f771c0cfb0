import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Sweeper } from '../database/sweeper.service.js';
import { FILE_STORE, type FileStore } from './file-store.js';
import { deleteForgotten, saveRemoved, saveSwept, takeDue } from './files.queries.js';

const AT_ONCE = 100;

/** Gives up abandoned uploads and deletes bytes nobody needs. */
@Injectable()
export class FileSweeper extends Sweeper {
  constructor(
    private readonly source: DataSource,
    @Inject(FILE_STORE) private readonly store: FileStore,
  ) {
    super('bytes of removed files');
  }

  protected async remove(): Promise<number> {
    for (const { id } of await takeDue(this.source, 'RECEIVING', AT_ONCE)) {
      await saveRemoved(this.source.manager, id, { by: null });
    }
    const removed = await takeDue(this.source, 'REMOVED', AT_ONCE);
    for (const { id, storage_key: key } of removed) {
      await this.store.remove(key);
      await saveSwept(this.source.manager, id);
    }
    await deleteForgotten(this.source.manager, AT_ONCE);
    return removed.length;
  }
}
