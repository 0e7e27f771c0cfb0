import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

interface Attribute {
  key: string;
  value: { stringValue?: string; intValue?: number; boolValue?: boolean; doubleValue?: number };
}

/** OTLP's JSON, as far as tests look at it. */
interface Body {
  resourceSpans: { resource: { attributes: Attribute[] }; scopeSpans: { spans: WireSpan[] }[] }[];
}

interface WireSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: Attribute[];
  links?: { traceId: string; spanId: string }[];
  status: { code?: number };
}

type Values = Record<string, string | number | boolean | undefined>;

export interface CollectedSpan extends Omit<WireSpan, 'attributes' | 'links'> {
  /** `service.instance.id` of who made it. */
  instance: string;
  resource: Values;
  attributes: Values;
  links: { traceId: string; spanId: string }[];
}

/** A collector for traces over OTLP/HTTP with JSON. It may also hang: then it accepts everything and says nothing. */
export class Collector {
  readonly bodies: string[] = [];
  requests = 0;
  private readonly server: Server;

  private constructor(private readonly hangs: boolean) {
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  static async start({ hangs = false } = {}): Promise<Collector> {
    const collector = new Collector(hangs);
    await once(collector.server.listen(0, '127.0.0.1'), 'listening');
    return collector;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get spans(): CollectedSpan[] {
    return this.bodies.flatMap((body) =>
      (JSON.parse(body) as Body).resourceSpans.flatMap(({ resource, scopeSpans }) =>
        scopeSpans.flatMap(({ spans }) => spans.map((span) => collected(span, resource.attributes))),
      ),
    );
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests++;
    if (this.hangs) return;
    if (request.method !== 'POST' || request.url !== '/v1/traces') {
      response.writeHead(404).end();
      return;
    }
    this.bodies.push(await text(request));
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');
  }
}

function collected(span: WireSpan, resource: Attribute[]): CollectedSpan {
  const made = valuesOf(resource);
  return {
    ...span,
    attributes: valuesOf(span.attributes),
    links: span.links ?? [],
    resource: made,
    instance: String(made['service.instance.id']),
  };
}

function valuesOf(attributes: Attribute[]): Values {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}
