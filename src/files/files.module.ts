import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { Environment } from '../config/environment.js';
import { parseBucketUrl } from '../config/environment.rules.js';
import { OrganizationModule } from '../organization/organization.module.js';
import { Clamd, SCANNER } from './clamd.js';
import { DiskStore } from './disk.store.js';
import { DownloadsController } from './downloads.controller.js';
import { FileReleases } from './file-releases.service.js';
import { FILE_STORE, type FileStore } from './file-store.js';
import { FileSweeper } from './file-sweeper.js';
import { FilesController } from './files.controller.js';
import { FilesReader } from './files-reader.service.js';
import { FilesService } from './files.service.js';
import { LinkSeal } from './link-seal.js';
import { UploadsController } from './uploads.controller.js';
import { UploadsService } from './uploads.service.js';

@Module({
  imports: [AccessModule, OrganizationModule],
  controllers: [UploadsController, FilesController, DownloadsController],
  providers: [
    UploadsService,
    FilesService,
    FilesReader,
    FileReleases,
    FileSweeper,
    LinkSeal,
    {
      provide: FILE_STORE,
      inject: [Environment],
      useFactory: ({ filesDir, s3Url }: Environment) => fileStore(filesDir, s3Url),
    },
    {
      provide: SCANNER,
      inject: [Environment],
      useFactory: ({ clamd }: Environment) => (clamd ? new Clamd(clamd) : null),
    },
  ],
  exports: [FilesReader],
})
export class FilesModule {}

/** The client of the bucket is large: it is loaded only where there is one. */
async function fileStore(folder: string | undefined, s3Url: string | undefined): Promise<FileStore> {
  const bucket = s3Url === undefined ? undefined : parseBucketUrl(s3Url);
  if (!bucket) return new DiskStore(folder);
  const { S3Store } = await import('./s3.store.js');
  return new S3Store(bucket);
}
