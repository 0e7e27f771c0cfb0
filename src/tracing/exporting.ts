import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { ParentBasedSampler, TraceIdRatioBasedSampler, TracerProvider } from '@opentelemetry/sdk-trace';
import { Logger } from '@nestjs/common';
import type { Environment } from '../config/environment.js';
import type { Traffic } from '../realtime/traffic.js';
import { SpanQueue } from './span-queue.js';
import { Tracing } from './tracing.service.js';

/** Shorter than what the queue waits: its retries should end by themselves. */
const EXPORT_MS = 5_000;

/** The SDK, set up without anything global: two apps in one process keep apart. */
export function openTracing(environment: Environment, traffic: Traffic): Tracing {
  const { tracesEndpoint = '', tracesShare, serviceName, instance } = environment;
  const exporter = new OTLPTraceExporter({
    url: `${tracesEndpoint.replace(/\/$/, '')}/v1/traces`,
    timeoutMillis: EXPORT_MS,
  });
  const queue = new SpanQueue(exporter, report);
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName, 'service.instance.id': instance }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(tracesShare) }),
    spanProcessors: [queue],
  });
  return new Tracing(provider.getTracer('simpul'), queue, traffic);
}

// One line for each change; never the address, nor what the other side said.
function report(works: boolean): void {
  if (works) Logger.log('the collector takes traces', 'Tracing');
  else Logger.warn('the collector does not take traces; they are thrown away', 'Tracing');
}
