import { Module } from '@nestjs/common';
import { BoardModule } from '../board/board.module.js';
import { PublicPagesModule } from '../public-pages/public-pages.module.js';
import { RealtimeModule } from '../realtime/realtime.module.js';
import { TimersModule } from '../timers/timers.module.js';
import { DatabaseClock } from './database-clock.js';
import { HttpMeter } from './http-meter.js';
import { MetricsListener } from './metrics-listener.js';
import { Metrics } from './metrics.service.js';

export { HttpMeter };

/** Figures for Prometheus. Part of the app only when `SIMPUL_METRICS_PORT` is set: otherwise nothing is measured. */
@Module({
  imports: [RealtimeModule, BoardModule, PublicPagesModule, TimersModule],
  providers: [Metrics, MetricsListener, HttpMeter, DatabaseClock],
})
export class MetricsModule {}
