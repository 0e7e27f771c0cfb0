import { Injectable, type ArgumentMetadata, type PipeTransform, type Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import { AppError, type FieldProblem } from '#libs/contracts';
import { fieldProblems } from './field-problems.js';

/** Deeper than any command of ours, and far from the end of the stack. */
const MAX_DEPTH = 10;

/**
 * Turns what came over HTTP or a socket into a checked instance of `cls`; unknown fields are refused.
 * @throws AppError `validation` with a problem for each wrong field
 */
export async function validateDto<T extends object>(cls: Type<T>, value: unknown): Promise<T> {
  if (value === undefined || value === null) throw invalid([{ field: '', rule: 'required' }]);
  if (typeof value !== 'object' || Array.isArray(value) || isTooDeep(value, MAX_DEPTH)) {
    throw invalid([{ field: '', rule: 'invalid' }]);
  }
  const inherited = inheritedNames(value);
  if (inherited.length > 0) throw invalid(inherited.map((field) => ({ field, rule: 'unknown-field' })));

  const instance = plainToInstance(cls, { ...value });
  const errors = await validate(instance, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    stopAtFirstError: true,
    validationError: { target: false },
  });
  if (errors.length > 0) throw invalid(fieldProblems(errors));
  return instance;
}

/** Checks every body, query and parameter whose type is a class of ours. */
@Injectable()
export class DtoPipe implements PipeTransform {
  async transform(value: unknown, { metatype, type }: ArgumentMetadata): Promise<unknown> {
    if (type === 'custom' || metatype === undefined || PLAIN.has(metatype)) return value;
    // Checked already, where a gateway has the pipe of its own beside the global one.
    if (value instanceof metatype) return value;
    return validateDto(metatype as Type<object>, value);
  }
}

const PLAIN: ReadonlySet<unknown> = new Set([String, Boolean, Number, Array, Object, Buffer, Date]);

function invalid(fields: FieldProblem[]): AppError<'validation'> {
  return new AppError('validation', { fields });
}

/** Paths of names that every object has: `toString` would pass the whitelist unseen, `constructor` break what reads it. */
function inheritedNames(value: object, parent = ''): string[] {
  if (ArrayBuffer.isView(value)) return [];
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
    if (name in Object.prototype) return [`${parent}${name}`];
    return typeof inner === 'object' && inner !== null ? inheritedNames(inner, `${parent}${name}.`) : [];
  });
}

function isTooDeep(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return left === 0 || Object.values(value).some((inner) => isTooDeep(inner, left - 1));
}
