import { Inject, Injectable, Optional, type OnModuleInit } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import type { EventsFrame } from '#libs/contracts';
import { WorkspaceLog } from '#libs/database';
import { StreamHub, type Way } from '#libs/realtime';
import { BoardRooms } from '../board/board.module.js';
import { PublicProjection, PublicViewers } from '../public-pages/public-pages.module.js';
import { Connections } from '../realtime/connections.js';
import { FANOUT, type Fanout } from '../realtime/tokens.js';
import { Traffic } from '../realtime/traffic.js';
import { WorkspaceRooms } from '../realtime/workspace-rooms.js';
import { Timers } from '../timers/timers.service.js';
import { Tracing } from '../tracing/tracing.service.js';
import { readConsumerLag } from './consumer-lag.js';
import { DatabaseClock } from './database-clock.js';
import { HttpMeter } from './http-meter.js';
import { poolOf } from './pool.js';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** An import writes events of past days; their age is no delay. */
const PAST_MS = 3_600_000;

/**
 * The figures of this instance. What is counted anyway is read when somebody asks; only answers of commands, HTTP
 * requests and frames are told as they happen, never single deliveries. No label has an id, a name or a path in it.
 */
@Injectable()
export class Metrics implements OnModuleInit {
  readonly registry = new Registry();
  private reading: () => Promise<void> = async () => undefined;
  private readonly commands = this.counter('simpul_commands_total', 'Commands and questions answered.', [
    'type',
    'outcome',
  ]);
  private readonly answers = this.histogram(
    'simpul_command_answer_seconds',
    'From a command reaching its handler to its answer, own monotonic clock. Members here are sent its event before the answer.',
    ['type'],
  );
  private readonly delay = this.histogram(
    'simpul_event_delay_seconds',
    'From PostgreSQL numbering an event to this instance sending it on, by the clock of PostgreSQL: own commits, hints of others, read after a hole.',
    ['way'],
  );

  constructor(
    @Inject(StreamHub) private readonly hub: StreamHub,
    @Inject(FANOUT) private readonly fanout: Fanout,
    private readonly source: DataSource,
    private readonly log: WorkspaceLog,
    private readonly traffic: Traffic,
    private readonly connections: Connections,
    private readonly rooms: WorkspaceRooms,
    private readonly boards: BoardRooms,
    private readonly viewers: PublicViewers,
    private readonly pages: PublicProjection,
    private readonly clock: DatabaseClock,
    private readonly timers: Timers,
    http: HttpMeter,
    @Optional() @Inject(Tracing) private readonly tracing: Tracing | null,
  ) {
    http.register(this.registry);
  }

  onModuleInit(): void {
    collectDefaultMetrics({ register: this.registry });
    this.traffic.answered = (type, outcome, ms) => {
      this.commands.inc({ type, outcome });
      this.answers.observe({ type }, ms / 1_000);
    };
    this.hub.passed = (frame, way) => this.passed(frame, way);
    this.readLive();
    this.readFanout();
    this.readDatabase();
    if (this.tracing) this.readTracing(this.tracing);
  }

  private passed(frame: EventsFrame, way: Way): void {
    const now = this.clock.now();
    const first = frame.events[0];
    if (now === undefined || !first) return;
    // Once a frame, by its oldest event: the cost does not grow with what it carries.
    const late = now - Date.parse(first.at);
    if (late < PAST_MS) this.delay.observe({ way }, Math.max(0, late) / 1_000);
  }

  private readLive(): void {
    const { hub, traffic, connections, rooms, boards, viewers } = this;
    this.total(
      'simpul_frames_total',
      'Frames of history written to sockets inside a workspace.',
      () => traffic.frames,
    );
    this.total('simpul_deliveries_total', 'Events in those frames.', () => traffic.deliveries);
    this.total('simpul_gap_fills_total', 'Holes filled from the database.', () => hub.fills);
    this.total('simpul_history_resets_total', 'Streams whose history was replaced.', () => hub.resets);
    this.total(
      'simpul_evictions_total',
      'Sockets closed because they read too slowly.',
      () => connections.evicted,
    );
    this.gauge('simpul_head_lag_events', 'Events heard of and not passed on, worst stream.', () => hub.lag);
    this.gauge(
      'simpul_channels',
      'Streams and boards this instance listens to.',
      () => hub.size + boards.size,
    );
    this.gauge('simpul_sockets', 'Sockets open.', () => connections.count);
    const open = this.gauge(
      'simpul_rooms',
      'Workspaces and boards open on this instance.',
      () => {
        open.set({ kind: 'workspace' }, rooms.size);
        open.set({ kind: 'board' }, boards.size);
        return undefined;
      },
      ['kind'],
    );
    this.gauge('simpul_public_viewers', 'Citizens with a live page open.', () => viewers.count);
    this.total('simpul_public_cut_off_total', 'Citizens cut off as too slow.', () => viewers.cutOff);
    const joins = this.counter('simpul_joins_total', 'Joins by what they got.', ['kind'], () => {
      joins.reset();
      for (const [kind, count] of Object.entries(traffic.joins)) joins.inc({ kind }, count);
    });
  }

  private readFanout(): void {
    const { fanout } = this;
    this.total('simpul_hints_lost_total', 'Hints that Redis was not given.', () => fanout.lost);
    const state = this.gauge('simpul_redis_up', 'Redis: 1 there, 0 away. Absent without Redis.', () => {
      state.remove();
      return fanout.state === 'local' ? undefined : Number(fanout.state === 'ready');
    });
  }

  private readDatabase(): void {
    this.gauge('simpul_commands_pending', 'Messages accepted and not yet answered.', () => this.log.pending);
    const pool = this.gauge('simpul_database_connections', 'Connections and who waits for one.', undefined, [
      'state',
    ]);
    const up = this.gauge('simpul_database_up', 'Whether PostgreSQL answered just now.');
    const lag = this.gauge(
      'simpul_consumer_lag_events',
      'Events a consumer of the history has before it, counted up to 10000.',
      undefined,
      ['consumer'],
    );
    this.total(
      'simpul_derived_skipped_total',
      'Changes of public pages skipped because their stream is missing.',
      () => this.pages.skipped,
    );
    const timers = this.gauge(
      'simpul_timers',
      'Timers that wait, and those given up after many tries.',
      undefined,
      ['state'],
    );
    const late = this.gauge('simpul_timers_late_seconds', 'By how much the latest timer is late.');
    this.reading = async () => {
      const { total, idle, waiting } = poolOf(this.source);
      pool.set({ state: 'total' }, total);
      pool.set({ state: 'idle' }, idle);
      pool.set({ state: 'waiting' }, waiting);
      lag.reset();
      const consumers = await readConsumerLag(this.source);
      up.set(Number(consumers !== null));
      for (const { name, events } of consumers ?? []) lag.set({ consumer: name }, events);
      // Away: `simpul_database_up` says so.
      const figures = await this.timers.figures().catch(() => null);
      if (figures === null) return;
      timers.set({ state: 'waiting' }, figures.waiting);
      timers.set({ state: 'given-up' }, figures.givenUp);
      late.set(figures.lateSeconds);
    };
  }

  private readTracing({ queue }: Tracing): void {
    this.total('simpul_spans_sent_total', 'Spans the collector took.', () => queue.sent);
    this.total(
      'simpul_spans_dropped_total',
      'Spans thrown away: the collector was away, refused, or too slow.',
      () => queue.dropped,
    );
  }

  /** All figures in Prometheus' text form. */
  async text(): Promise<string> {
    await this.reading();
    return this.registry.metrics();
  }

  private counter<L extends string>(
    name: string,
    help: string,
    labelNames: L[],
    collect?: () => void,
  ): Counter<L> {
    return new Counter({ name, help, labelNames, registers: [this.registry], collect });
  }

  private histogram<L extends string>(name: string, help: string, labelNames: L[]): Histogram<L> {
    return new Histogram({ name, help, labelNames, buckets: SECONDS, registers: [this.registry] });
  }

  /** A count kept elsewhere. */
  private total(name: string, help: string, read: () => number): void {
    const counter = this.counter(name, help, [], () => {
      counter.reset();
      counter.inc(read());
    });
  }

  private gauge<L extends string>(
    name: string,
    help: string,
    read?: () => number | undefined,
    labelNames: L[] = [],
  ): Gauge<L> {
    const gauge = new Gauge<L>({
      name,
      help,
      labelNames,
      registers: [this.registry],
      ...(read && {
        collect: () => {
          const value = read();
          if (value !== undefined) gauge.set(value);
        },
      }),
    });
    return gauge;
  }
}
