import { type FieldProblem, textProblem, type TextRule } from '#libs/contracts';

/** What is wrong with a text in a form: as `textProblem`, but an untouched field is told to be empty, not full of blanks. */
export function writtenProblem(text: string, rule: TextRule): Omit<FieldProblem, 'field'> | null {
  return text === '' && !rule.optional ? { rule: 'required' } : textProblem(text, rule);
}
