import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { OrganizationModule } from '../organization/organization.module.js';
import { DirectoryController } from './directory.controller.js';

@Module({ imports: [AccessModule, OrganizationModule], controllers: [DirectoryController] })
export class DirectoryModule {}
