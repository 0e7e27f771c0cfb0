import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform, type TransformFnParams } from 'class-transformer';
import { ValidateBy } from 'class-validator';
import {
  normalizeText,
  textProblem,
  type Day,
  type FieldProblem,
  type Instant,
  type TextRule,
} from '#libs/contracts';
import { asMessage } from './field-problems.js';

export interface Presence {
  /** Absent or null is fine; the field is then `undefined`. */
  optional?: boolean;
}

type Problem = Omit<FieldProblem, 'field'> | null;
type Check = (value: unknown) => Problem;

/** What people type. The field gets the normal form of `normalizeText`; blank optional text becomes `undefined`. */
export function Text(rule: TextRule): PropertyDecorator {
  return field({
    name: 'text',
    check: (value) => textProblem(value, rule),
    read: (value) => normalizeText(value) || undefined,
    api: { type: String, minLength: rule.min ?? 1, maxLength: rule.max },
    ...rule,
  });
}

/** A list of what people type, each kept as `Text` keeps one. */
export function Texts(rule: TextRule): PropertyDecorator {
  const problemOf = (value: unknown): Problem =>
    Array.isArray(value)
      ? (value.map((each) => textProblem(each, rule)).find((problem) => problem !== null) ?? null)
      : { rule: 'invalid' };
  return applyDecorators(
    Transform(
      ({ value }: TransformFnParams): unknown =>
        Array.isArray(value)
          ? value.map((each: unknown) => (typeof each === 'string' ? normalizeText(each) : each))
          : value,
      { toClassOnly: true },
    ),
    ValidateBy({
      name: 'texts',
      validator: {
        validate: (value) => problemOf(value) === null,
        defaultMessage: (args) => asMessage(problemOf(args?.value) ?? { rule: 'invalid' }),
      },
    }),
    ApiProperty({ type: [String] }),
  );
}

/** A password: any signs, kept as they are. */
export function Secret({ max }: { max: number }): PropertyDecorator {
  return field({
    name: 'secret',
    check: (value) => {
      if (typeof value !== 'string') return { rule: 'not-text' };
      if (value === '') return { rule: 'required' };
      return value.length > max ? { rule: 'too-long', limit: max } : null;
    },
    read: (value) => value,
    api: { type: String, format: 'password', maxLength: max },
  });
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** An id in its usual writing, any version; kept in small letters as PostgreSQL writes it. */
export function Uuid(presence: Presence = {}): PropertyDecorator {
  return field({
    name: 'uuid',
    check: (value) => (typeof value === 'string' && UUID.test(value) ? null : { rule: 'not-a-uuid' }),
    read: (value) => value.toLowerCase(),
    api: { type: String, format: 'uuid' },
    ...presence,
  });
}

/** A list of ids, kept as `Uuid` keeps one. */
export function Uuids(): PropertyDecorator {
  return applyDecorators(
    Transform(
      ({ value }: TransformFnParams): unknown =>
        Array.isArray(value)
          ? value.map((each: unknown) => (typeof each === 'string' ? each.toLowerCase() : each))
          : value,
      { toClassOnly: true },
    ),
    ValidateBy({
      name: 'uuids',
      validator: {
        validate: (value) =>
          Array.isArray(value) && value.every((each) => typeof each === 'string' && UUID.test(each)),
        defaultMessage: () => asMessage({ rule: 'not-a-uuid' }),
      },
    }),
    ApiProperty({ type: [String] }),
  );
}

/** A day that exists in the calendar, `YYYY-MM-DD`. */
export function Day(presence: Presence = {}): PropertyDecorator {
  return field({
    name: 'day',
    check: (value) => (isDay(value) ? null : { rule: 'not-a-date' }),
    read: (value) => value,
    api: { type: String, format: 'date' },
    ...presence,
  });
}

// Years that PostgreSQL and people count alike, and always a zone: without one it is another moment on each computer.
const MOMENT = /^[12]\d{3}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/** A moment with its zone, ISO 8601; kept in UTC to the millisecond. */
export function Moment(presence: Presence = {}): PropertyDecorator {
  return field({
    name: 'moment',
    check: (value) => (isMoment(value) ? null : { rule: 'invalid' }),
    read: (value) => new Date(value).toISOString(),
    api: { type: String, format: 'date-time' },
    ...presence,
  });
}

export function isMoment(value: unknown): value is Instant {
  // A day that is not in the calendar: V8 would take the next one there is.
  return (
    typeof value === 'string' &&
    MOMENT.test(value) &&
    isDay(value.slice(0, 10)) &&
    !Number.isNaN(Date.parse(value))
  );
}

function isDay(value: unknown): value is Day {
  if (typeof value !== 'string' || !/^[12]\d{3}-\d\d-\d\d$/.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

interface Field extends Presence {
  name: string;
  check: Check;
  read: (value: string) => string | undefined;
  api: { type: typeof String; format?: string; minLength?: number; maxLength?: number };
}

function field({ name, check, read, api, optional = false }: Field): PropertyDecorator {
  const problemOf: Check = (value) => {
    if (value === undefined || value === null) return optional ? null : { rule: 'required' };
    return check(value);
  };
  // A value with a problem stays as it came, so that the rule below finds the same problem.
  const transform = ({ value }: TransformFnParams): unknown => {
    if (value === null && optional) return undefined;
    return typeof value === 'string' && problemOf(value) === null ? read(value) : (value as unknown);
  };
  return applyDecorators(
    Transform(transform, { toClassOnly: true }),
    ValidateBy({
      name,
      validator: {
        validate: (value) => problemOf(value) === null,
        defaultMessage: (args) => asMessage(problemOf(args?.value) ?? { rule: 'invalid' }),
      },
    }),
    ApiProperty({ ...api, required: !optional }),
  );
}
