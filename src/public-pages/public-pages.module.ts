import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { NotFoundPageFilter } from './not-found-page.filter.js';
import { PublicAnswers } from './public-answers.js';
import { PublicDoor } from './public-door.js';
import { PublicPagesController } from './public-pages.controller.js';
import { PublicPages } from './public-pages.js';
import { PublicProjection } from './public-projection.js';
import { PublicRenders } from './public-renders.js';
import { DEFAULT_PUBLIC_LIMITS, PUBLIC_LIMITS, PublicViewers } from './public-viewers.js';

export { PublicDoor, PublicProjection, PublicViewers };

/** What citizens see: the projection that a task's room may fill, and the pages that are sent from it. */
@Module({
  controllers: [PublicPagesController],
  providers: [
    { provide: PUBLIC_LIMITS, useValue: DEFAULT_PUBLIC_LIMITS },
    { provide: APP_FILTER, useClass: NotFoundPageFilter },
    PublicDoor,
    PublicProjection,
    PublicPages,
    PublicRenders,
    PublicAnswers,
    PublicViewers,
  ],
  exports: [PublicProjection, PublicViewers],
})
export class PublicPagesModule {}
