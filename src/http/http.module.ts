import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { OriginPolicy } from './origin.policy.js';
import { ProblemFilter } from './problem.filter.js';
import { SessionCookie } from './session-cookie.js';
import { DtoPipe } from './validation.js';

/** What every request meets. Nest gives global pipes, but not global filters, to gateways as well. */
@Global()
@Module({
  providers: [
    OriginPolicy,
    SessionCookie,
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_PIPE, useClass: DtoPipe },
  ],
  exports: [OriginPolicy, SessionCookie],
})
export class HttpModule {}
