import { Ajv, type ValidateFunction } from 'ajv';
import type { Schema } from '../../src/live-docs/protocol.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface Document {
  components: { schemas: Record<string, Schema>; messages: Record<string, { payload: Schema }> };
}

/**
 * Checks data against the payload of a message. Stricter than the document: a field that it does not name is a
 * mistake here, since ours is the newest server there is.
 */
export class ProtocolValidator {
  readonly checked = new Set<string>();
  private readonly ajv = new Ajv({ strict: false, allErrors: false });
  private readonly validators = new Map<string, ValidateFunction>();

  constructor(document: object) {
    const { components } = document as Document;
    this.ajv.addFormat('uuid', UUID);
    this.ajv.addFormat('date', /^\d{4}-\d\d-\d\d$/);
    this.ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    this.ajv.addSchema({
      $id: 'https://simpul.example/live',
      components: { schemas: closed(components.schemas) },
    });
    for (const [name, { payload }] of Object.entries(components.messages)) {
      this.validators.set(name, this.ajv.compile(absolute(closed(payload))));
    }
    for (const name of Object.keys(components.schemas)) {
      this.validators.set(
        `#${name}`,
        this.ajv.compile({ $ref: `https://simpul.example/live#/components/schemas/${name}` }),
      );
    }
  }

  /** What is wrong, in words; empty when it fits. `name`: a message, or `#` and a schema. */
  problems(name: string, data: unknown): string {
    const validate = this.validators.get(name);
    if (!validate) return `${name} is not in the document`;
    this.checked.add(name);
    return validate(data)
      ? ''
      : `${name}: ${this.ajv.errorsText(validate.errors)} in ${JSON.stringify(data)}`;
  }
}

function closed<T>(schema: T): T {
  if (typeof schema !== 'object' || schema === null) return schema;
  if (Array.isArray(schema)) return schema.map((each: unknown) => closed(each)) as T;
  const inner = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, closed(value as unknown)]),
  );
  const isOpen = 'properties' in schema && 'type' in schema && !('additionalProperties' in schema);
  return (isOpen ? { ...inner, additionalProperties: false } : inner) as T;
}

function absolute(schema: Schema): Schema {
  return JSON.parse(
    JSON.stringify(schema).replaceAll('"#/components', '"https://simpul.example/live#/components'),
  ) as Schema;
}
