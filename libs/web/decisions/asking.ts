import {
  LIMITS,
  normalizeText,
  type CommandMap,
  type Day,
  type DeciderChoice,
  type FieldProblem,
  type PostRef,
} from '#libs/contracts';
import { typedDay } from '../kit/typed-day.js';
import { writtenProblem } from '../room/written-problem.js';

/** The form as it stands: what was typed and chosen so far. */
export interface Question {
  title: string;
  question: string;
  options: string[];
  recommendation: string;
  consequence: string;
  basis: string;
  /** As `keyOf` names a post; empty: not chosen. */
  decider: string;
  /** As typed. */
  due: string;
}

export const NO_QUESTION: Question = {
  title: '',
  question: '',
  options: [],
  recommendation: '',
  consequence: '',
  basis: '',
  decider: '',
  due: '',
};

const TEXTS = ['title', 'question', 'recommendation', 'consequence', 'basis', 'decider', 'due'] as const;

export type QuestionWish = Omit<CommandMap['decision.request'], 'workspaceId' | 'commandId' | 'decisionId'>;
export type Problems = Partial<Record<string, Omit<FieldProblem, 'field'>>>;

export function keyOf({ role, opdId }: PostRef): string {
  return `${role} ${opdId ?? ''}`;
}

/** What was kept on the device; an untouched form where there is none. */
export function readQuestion(text: string): Question {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Nothing was kept, or something else was.
    return NO_QUESTION;
  }
  if (typeof value !== 'object' || value === null) return NO_QUESTION;
  const kept = value as Partial<Record<keyof Question, unknown>>;
  const texts = Object.fromEntries(
    TEXTS.map((key) => [key, typeof kept[key] === 'string' ? kept[key] : '']),
  ) as Omit<Question, 'options'>;
  const options = Array.isArray(kept.options)
    ? kept.options.filter((each): each is string => typeof each === 'string').slice(0, LIMITS.decisionOptions)
    : [];
  return { ...texts, options };
}

/** Empty when nothing is worth keeping. */
export function keptQuestion(question: Question): string {
  const isTouched = TEXTS.some((key) => key !== 'decider' && question[key].trim() !== '');
  return isTouched || question.options.some((each) => each.trim() !== '') ? JSON.stringify(question) : '';
}

/** The wish, or what is wrong by field (`option-1` for the second option). */
export function readWish(
  question: Question,
  choices: readonly DeciderChoice[],
  today: Day,
): { wish: QuestionWish; problems?: undefined } | { wish?: undefined; problems: Problems } {
  const problems: Problems = {};
  const check = (field: string, problem: Omit<FieldProblem, 'field'> | null) => {
    if (problem) problems[field] = problem;
  };
  check('title', writtenProblem(question.title, { max: LIMITS.decisionTitle }));
  for (const field of ['question', 'recommendation', 'consequence', 'basis'] as const)
    check(field, writtenProblem(question[field], { max: LIMITS.decisionText, optional: true }));
  const options: string[] = [];
  question.options.forEach((typed, at) => {
    const option = normalizeText(typed);
    if (option === '') return;
    check(`option-${at}`, writtenProblem(typed, { max: LIMITS.decisionOption }));
    if (options.includes(option)) problems[`option-${at}`] = { rule: 'not-one-of' };
    options.push(option);
  });
  const chosen = choices.find((choice) => keyOf(choice) === question.decider);
  if (!chosen) problems.decider = { rule: 'required' };
  const dueDate = question.due.trim() === '' ? undefined : typedDay(question.due);
  if (dueDate === null) problems.dueDate = { rule: 'not-a-date' };
  else if (dueDate !== undefined && dueDate < today) problems.dueDate = { rule: 'out-of-range' };
  if (!chosen || dueDate === null || Object.keys(problems).length > 0) return { problems };
  const text = (field: 'question' | 'recommendation' | 'consequence' | 'basis') => {
    const written = normalizeText(question[field]);
    return written === '' ? {} : { [field]: written };
  };
  return {
    wish: {
      title: normalizeText(question.title),
      options,
      ...text('question'),
      ...text('recommendation'),
      ...text('consequence'),
      ...text('basis'),
      ...(dueDate && { dueDate }),
      decider: { role: chosen.role, opdId: chosen.opdId },
    },
  };
}
