import type { ErrorCode, ErrorDetails, FieldProblem, WireError } from '#libs/contracts';
import { id, type CoreWords } from './id.js';

/** A refusal as a kind sentence: what happened, what is safe, what to do. A code nobody knows reads as `internal`. */
export function errorWords(error: WireError, words: CoreWords = id): string {
  const say = words.errors[error.code] as ((details: ErrorDetails[ErrorCode]) => string) | undefined;
  return say ? say(error.details) : words.errors.internal({});
}

/** One wrong field in words; `name` is the label the form shows. */
export function fieldWords(
  problem: Omit<FieldProblem, 'field'>,
  name: string,
  words: CoreWords = id,
): string {
  return (words.rules[problem.rule] ?? words.rules.invalid)(name, problem.limit ?? 0);
}

/** The fields of a refused form, each with its sentence; empty for other refusals. */
export function fieldErrors(error: WireError, words: CoreWords = id): Record<string, string> {
  if (error.code !== 'validation') return {};
  const { fields } = error.details as ErrorDetails['validation'];
  return Object.fromEntries(
    fields.map((problem) => [
      problem.field,
      fieldWords(problem, words.fields[problem.field] ?? words.unnamedField, words),
    ]),
  );
}
