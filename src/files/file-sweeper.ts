import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { FILE_STORE, type FileStore } from './file-store.js';
import { deleteForgotten, saveRemoved, saveSwept, takeDue } from './files.queries.js';

const EVERY_MS = 10 * 60_000;
const AT_ONCE = 100;

/** Gives up abandoned uploads and deletes bytes nobody needs, a bounded number at a time, on whichever instance. */
@Injectable()
export class FileSweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Files');
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly source: DataSource,
    @Inject(FILE_STORE) private readonly store: FileStore,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.sweep(), EVERY_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  async sweep(): Promise<void> {
    try {
      for (const { id } of await takeDue(this.source, 'RECEIVING', AT_ONCE)) {
        await saveRemoved(this.source.manager, id, { by: null });
      }
      for (const { id, storage_key: key } of await takeDue(this.source, 'REMOVED', AT_ONCE)) {
        await this.store.remove(key);
        await saveSwept(this.source.manager, id);
      }
      await deleteForgotten(this.source.manager, AT_ONCE);
    } catch (error) {
      // The next round does it.
      this.logger.warn({ err: error, msg: 'bytes of removed files could not be deleted' });
    }
  }
}
