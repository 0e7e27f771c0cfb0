import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { OrganizationModule } from '../organization/organization.module.js';
import { PublicPagesModule } from '../public-pages/public-pages.module.js';
import { PublicAddressController } from './public-address.controller.js';
import { PublicUpdates } from './public-updates.service.js';
import { PublicUpdatesController } from './public-updates.controller.js';
import { PublicGateway } from './public.gateway.js';
import { PublicService } from './public.service.js';

/** The way of a sentence from the team's draft through the PPID's review to the citizens' page. */
@Module({
  imports: [AccessModule, OrganizationModule, PublicPagesModule],
  controllers: [PublicUpdatesController, PublicAddressController],
  providers: [PublicUpdates, PublicService, PublicGateway],
  exports: [PublicService, PublicUpdates],
})
export class PublicModule {}
