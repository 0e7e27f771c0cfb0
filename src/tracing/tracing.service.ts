import { AsyncLocalStorage } from 'node:async_hooks';
import { ROOT_CONTEXT, SpanKind, type Context, type SpanOptions, type Tracer } from '@opentelemetry/api';
import type { NextFunction, Request, Response } from 'express';
import type { EventsFrame } from '#libs/contracts';
import type { CommitTracing, Step, Traced } from '#libs/database';
import type { Way } from '#libs/realtime';
import { methodOf, routeOf } from '../http/logging.js';
import type { Recording, Traffic } from '../realtime/traffic.js';
import { contextOf, Recorded } from './recorded.js';
import type { SpanQueue } from './span-queue.js';

/** Outcomes that are our fault or our trouble; other refusals are answers. */
const FAULTS: ReadonlySet<string> = new Set(['internal', 'unavailable']);

/**
 * Records the way of sampled commands, from their arrival to the sockets of each instance, and of HTTP requests.
 * No span has a person, a word of theirs, an error's message or a path in it. What callers send about traces is not
 * believed: whether one is sampled is decided here.
 */
export class Tracing implements CommitTracing {
  /** What the running code works for. Only sampled work enters it: on Node 20 it is not free. */
  private readonly works = new AsyncLocalStorage<Recorded>();

  constructor(
    private readonly tracer: Tracer,
    readonly queue: SpanQueue,
    private readonly traffic: Traffic,
  ) {}

  /** A command or question of a socket. */
  readonly began = (name: string): Recording | undefined => {
    const recorded = this.begin(name, { kind: SpanKind.SERVER });
    if (!recorded) return undefined;
    return {
      run: (work) => this.works.run(recorded, work),
      end: (outcome) => {
        recorded.span.setAttribute('simpul.outcome', outcome);
        recorded.end(FAULTS.has(outcome));
      },
    };
  };

  /** Express middleware. Health checks come every second and are left out. */
  readonly request = (request: Request, response: Response, next: NextFunction): void => {
    const isHealth = request.originalUrl.startsWith('/health/');
    const recorded = isHealth ? undefined : this.begin('HTTP', { kind: SpanKind.SERVER });
    if (!recorded) return next();
    response.once('close', () => {
      const [method, route] = [methodOf(request), routeOf(request)];
      const { statusCode, headersSent } = response;
      recorded.span.updateName(`${method} ${route}`).setAttributes({
        'http.request.method': method,
        'http.route': route,
        ...(headersSent && { 'http.response.status_code': statusCode }),
      });
      recorded.end(statusCode >= 500);
    });
    this.works.run(recorded, next);
  };

  current(): Traced | undefined {
    return this.work;
  }

  async step<T>(name: string, work: () => Promise<T>): Promise<T> {
    const whole = this.work;
    const step = whole && this.begin(name, {}, whole.context, whole);
    if (!step) return work();
    let failed = true;
    try {
      const result = await this.works.run(step, work);
      failed = false;
      return result;
    } finally {
      step.end(failed);
    }
  }

  /** A part of the first command's trace; it and the others are joined by links both ways. */
  commit(commands: readonly Traced[], size: number): Step {
    const recorded = commands.filter((command) => command instanceof Recorded);
    const links = recorded.map(({ span }) => ({ context: span.spanContext() }));
    const options = { kind: SpanKind.CLIENT, links, attributes: { 'simpul.commands': size } };
    const first = recorded[0];
    const span = this.tracer.startSpan('commit', options, first?.context ?? ROOT_CONTEXT);
    for (const other of recorded.slice(1)) other.span.addLink({ context: span.spanContext() });
    return new Recorded(span);
  }

  /** Sockets that get it later, because rights are being read at this moment, are not counted. */
  readonly delivered = (trace: string, frame: EventsFrame, way: Way, tell: () => void): void => {
    const parent = contextOf(trace);
    const kind = way === 'hint' ? SpanKind.CONSUMER : SpanKind.INTERNAL;
    const recorded = parent && this.begin('deliver', { kind }, parent);
    if (!recorded) return tell();
    const before = this.traffic.frames;
    tell();
    recorded.span.setAttributes({
      'simpul.way': way,
      'simpul.events': frame.events.length,
      'simpul.sockets': this.traffic.frames - before,
    });
    recorded.note(frame.streamId);
    recorded.end();
  };

  private get work(): Recorded | undefined {
    const recorded = this.works.getStore();
    // Timers and queues begun by a command outlive it.
    return recorded?.isOpen ? recorded : undefined;
  }

  private begin(name: string, options: SpanOptions, parent: Context = ROOT_CONTEXT, whole?: Recorded) {
    const span = this.tracer.startSpan(name, options, parent);
    return span.isRecording() ? new Recorded(span, whole) : undefined;
  }
}
