import { Global, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { OriginPolicy } from './origin.policy.js';
import { ProblemFilter } from './problem.filter.js';

/** What every request meets. Input is checked by `DtoPipe`, which HTTP and gateways set up for themselves. */
@Global()
@Module({
  providers: [OriginPolicy, { provide: APP_FILTER, useClass: ProblemFilter }],
  exports: [OriginPolicy],
})
export class HttpModule {}
