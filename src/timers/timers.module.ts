import { Module } from '@nestjs/common';
import { Timers } from './timers.service.js';

/** Timers in PostgreSQL: set and cancelled with the rows they are about, fired once by whichever instance comes first. */
@Module({ providers: [Timers], exports: [Timers] })
export class TimersModule {}
