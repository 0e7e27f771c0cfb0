import { readFileSync } from 'node:fs';

/** A JSON Schema of the document, as far as the page reads it. */
export interface Schema {
  $ref?: string;
  type?: string;
  const?: unknown;
  enum?: string[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  items?: Schema;
  maxItems?: number;
  anyOf?: Schema[];
  oneOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  description?: string;
  'x-retry'?: boolean;
}

export interface Message {
  name: string;
  description?: string;
  payload: Schema;
}

export interface ProtocolDocument {
  operations: Record<string, { action: 'send' | 'receive'; reply?: object }>;
  components: { messages: Record<string, Message>; schemas: Record<string, Schema> };
}

/** The AsyncAPI document, made from libs/contracts by `npm run protocol`. */
export const PROTOCOL_TEXT = readFileSync(new URL('./protocol.json', import.meta.url), 'utf8');

export const PROTOCOL = JSON.parse(PROTOCOL_TEXT) as ProtocolDocument;
