import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { Environment } from '../config/environment.js';
import { OrganizationModule } from '../organization/organization.module.js';
import { Clamd, SCANNER } from './clamd.js';
import { DiskStore } from './disk.store.js';
import { DownloadsController } from './downloads.controller.js';
import { FileReleases } from './file-releases.service.js';
import { FILE_STORE } from './file-store.js';
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
      useFactory: ({ filesDir }: Environment) => new DiskStore(filesDir),
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
