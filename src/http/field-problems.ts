import type { ValidationError } from 'class-validator';
import type { FieldProblem } from '#libs/contracts';

type Rule = FieldProblem['rule'];
type Problem = Omit<FieldProblem, 'field'>;

/** class-validator hands on only a text: our own rules write themselves into it. */
export function asMessage({ rule, limit }: Problem): string {
  return limit === undefined ? rule : `${rule}:${limit}`;
}

/** class-validator's findings as our contract has them: one problem a field, with the path of nested fields. */
export function fieldProblems(errors: ValidationError[], parent = ''): FieldProblem[] {
  return errors.flatMap((error) => {
    const field = parent === '' ? error.property : `${parent}.${error.property}`;
    const inner = fieldProblems(error.children ?? [], field);
    const [constraint] = Object.entries(error.constraints ?? {});
    return constraint ? [{ field, ...problemOf(constraint, error.value) }, ...inner] : inner;
  });
}

function problemOf([name, message]: [string, string], value: unknown): Problem {
  if (OWN.has(name)) {
    const [rule = 'invalid', limit] = message.split(':');
    return limit === undefined ? { rule: rule as Rule } : { rule: rule as Rule, limit: Number(limit) };
  }
  if (name === 'whitelistValidation') return { rule: 'unknown-field' };
  if (value === undefined || value === null) return { rule: 'required' };
  return { rule: BUILT_IN[name] ?? 'invalid' };
}

const OWN = new Set(['text', 'texts', 'uuid', 'day', 'moment', 'secret']);

const BUILT_IN: Readonly<Record<string, Rule>> = {
  isDefined: 'required',
  isNotEmpty: 'blank',
  isString: 'not-text',
  isUuid: 'not-a-uuid',
  isDateString: 'not-a-date',
  isIn: 'not-one-of',
  isEnum: 'not-one-of',
  isInt: 'not-a-number',
  isNumber: 'not-a-number',
  min: 'not-a-number',
  max: 'not-a-number',
  minLength: 'too-short',
  maxLength: 'too-long',
  arrayMaxSize: 'too-long',
};
