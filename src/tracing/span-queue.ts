import { ExportResultCode } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter, SpanProcessor } from '@opentelemetry/sdk-trace';

interface Limits {
  /** Spans that may wait. */
  most: number;
  /** Spans that go together. */
  together: number;
  /** How long the first of them waits for more. */
  everyMs: number;
  /** How long a collector may take to answer. */
  answerMs: number;
  /** How long a stop waits for the rest. */
  stopMs: number;
}

const LIMITS: Limits = { most: 2_048, together: 256, everyMs: 1_000, answerMs: 6_000, stopMs: 2_000 };

/**
 * Hands finished spans to the exporter, one batch at a time. Nobody waits for it: past its bounds, and when the
 * collector does not take them, spans are thrown away and counted.
 */
export class SpanQueue implements SpanProcessor {
  private readonly waiting: ReadableSpan[] = [];
  private readonly limits: Limits;
  private timer: NodeJS.Timeout | undefined;
  private sending: Promise<void> | undefined;
  private giveUp: () => void = () => undefined;
  private stopped = false;
  private works = true;
  sent = 0;
  dropped = 0;

  /** @param turned told once when the collector stops taking spans, and once when it takes them again */
  constructor(
    private readonly exporter: SpanExporter,
    private readonly turned: (works: boolean) => void,
    limits: Partial<Limits> = {},
  ) {
    this.limits = { ...LIMITS, ...limits };
  }

  onStart(): void {
    // Only what has ended is sent.
  }

  onEnd(span: ReadableSpan): void {
    if (this.stopped || this.waiting.length >= this.limits.most) {
      this.dropped++;
      return;
    }
    this.waiting.push(span);
    if (this.waiting.length >= this.limits.together) void this.forceFlush();
    else this.timer ??= setTimeout(() => void this.forceFlush(), this.limits.everyMs).unref();
  }

  /** Resolves when nothing waits any more, whatever became of it. */
  forceFlush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.sending ??= this.sendAll().finally(() => {
      this.sending = undefined;
    });
    return this.sending;
  }

  async shutdown(): Promise<void> {
    this.stopped = true;
    const cut = setTimeout(() => {
      this.dropped += this.waiting.splice(0).length;
      this.giveUp();
    }, this.limits.stopMs);
    await this.forceFlush();
    clearTimeout(cut);
    // Waits for requests that were given up: not our business any more.
    this.exporter.shutdown().catch(() => undefined);
  }

  private async sendAll(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, this.limits.together);
      const works = await this.send(batch);
      if (works) this.sent += batch.length;
      else this.dropped += batch.length;
      if (works !== this.works) this.turned((this.works = works));
    }
  }

  /** Whether the collector took them, in time. */
  private send(batch: ReadableSpan[]): Promise<boolean> {
    return new Promise((done) => {
      const late = setTimeout(() => this.giveUp(), this.limits.answerMs).unref();
      this.giveUp = () => {
        clearTimeout(late);
        done(false);
      };
      try {
        this.exporter.export(batch, ({ code }) => {
          clearTimeout(late);
          done(code === ExportResultCode.SUCCESS);
        });
      } catch {
        // They cannot be written down: as good as refused.
        this.giveUp();
      }
    });
  }
}
