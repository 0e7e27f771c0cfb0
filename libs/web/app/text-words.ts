import { textProblem, type TextRule } from '#libs/contracts';
import { type CoreWords, fieldWords } from '#libs/content';

/** What is wrong with a text before it is sent, as the sentence at its field; `null` when nothing is. */
export function textWords(value: string, rule: TextRule, name: string, words: CoreWords): string | null {
  // An empty box is "not filled in"; the rule for blanks is for what looks filled in and is not.
  if (value === '' && !rule.optional) return fieldWords({ rule: 'required' }, name, words);
  const problem = textProblem(value, rule);
  return problem && fieldWords(problem, name, words);
}
