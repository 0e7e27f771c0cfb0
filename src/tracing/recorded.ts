import { ROOT_CONTEXT, SpanStatusCode, trace, TraceFlags, type Context, type Span } from '@opentelemetry/api';
import type { Step } from '#libs/database';

/** A sampled span that has begun; what it is a part of learns the workspace too. */
export class Recorded implements Step {
  private ended = false;

  constructor(
    readonly span: Span,
    private readonly whole?: Recorded,
  ) {}

  get isOpen(): boolean {
    return !this.ended;
  }

  /** As the parent of another span. */
  get context(): Context {
    return trace.setSpan(ROOT_CONTEXT, this.span);
  }

  get traceparent(): string {
    const { traceId, spanId } = this.span.spanContext();
    return `00-${traceId}-${spanId}-01`;
  }

  note(workspaceId: string): void {
    if (!this.ended) this.span.setAttribute('simpul.workspace', workspaceId);
    this.whole?.note(workspaceId);
  }

  end(failed = false): void {
    if (this.ended) return;
    this.ended = true;
    // Without the error: its words may be about people.
    if (failed) this.span.setStatus({ code: SpanStatusCode.ERROR });
    this.span.end();
  }
}

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-01$/;

/** The parent that a hint names; undefined for what is no sampled W3C traceparent. */
export function contextOf(traceparent: unknown): Context | undefined {
  const [, traceId, spanId] = (typeof traceparent === 'string' && TRACEPARENT.exec(traceparent)) || [];
  if (traceId === undefined || spanId === undefined) return undefined;
  const context = { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true };
  return trace.isSpanContextValid(context) ? trace.setSpanContext(ROOT_CONTEXT, context) : undefined;
}
