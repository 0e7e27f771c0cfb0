import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { AccessModule } from '../access/access.module.js';
import { OrganizationModule } from '../organization/organization.module.js';
import { NotFoundPageFilter } from './not-found-page.filter.js';
import { PublicPagesController } from './public-pages.controller.js';
import { PublicPages } from './public-pages.js';
import { PublicProjection } from './public-projection.js';
import { PublicRenders } from './public-renders.js';
import { DEFAULT_PUBLIC_LIMITS, PUBLIC_LIMITS, PublicViewers } from './public-viewers.js';
import { PublicUpdates } from './public-updates.service.js';
import { PublicUpdatesController } from './public-updates.controller.js';
import { PublicGateway } from './public.gateway.js';
import { PublicService } from './public.service.js';

export { PublicViewers };

/** What citizens see, and the way from a draft to their page. */
@Module({
  imports: [AccessModule, OrganizationModule],
  controllers: [PublicUpdatesController, PublicPagesController],
  providers: [
    { provide: PUBLIC_LIMITS, useValue: DEFAULT_PUBLIC_LIMITS },
    { provide: APP_FILTER, useClass: NotFoundPageFilter },
    PublicUpdates,
    PublicProjection,
    PublicPages,
    PublicRenders,
    PublicViewers,
    PublicService,
    PublicGateway,
  ],
  exports: [PublicService, PublicUpdates, PublicViewers],
})
export class PublicModule {}
