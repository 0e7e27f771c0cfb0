import {
  addDays,
  LIMITS,
  normalizeText,
  textProblem,
  type CommandMap,
  type Day,
  type FieldProblem,
} from '#libs/contracts';
import { typedDay } from '../kit/typed-day.js';

/** The four questions as they stand in the form: what is chosen and typed so far. */
export interface Answers {
  title: string;
  description: string;
  coordinatingOpdId: string;
  teamLeadId: string;
  supportingOpdIds: string[];
  /** As typed. */
  due: string;
}

export type Wish = Omit<CommandMap['task.create'], 'workspaceId' | 'commandId'>;

/** A form nobody has touched: the own unit leads. */
export function noAnswers(opdId: string): Answers {
  return {
    title: '',
    description: '',
    coordinatingOpdId: opdId,
    teamLeadId: '',
    supportingOpdIds: [],
    due: '',
  };
}

/** What was kept on the device; `null` when it is not such a form. */
export function readAnswers(text: string): Answers | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Nothing was kept, or something else was.
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const kept = value as Partial<Record<keyof Answers, unknown>>;
  const { supportingOpdIds } = kept;
  const word = (key: keyof Answers) => {
    const said = kept[key];
    return typeof said === 'string' ? said : '';
  };
  return {
    title: word('title'),
    description: word('description'),
    coordinatingOpdId: word('coordinatingOpdId'),
    teamLeadId: word('teamLeadId'),
    supportingOpdIds: Array.isArray(supportingOpdIds)
      ? supportingOpdIds.filter((id): id is string => typeof id === 'string')
      : [],
    due: word('due'),
  };
}

/** What is still missing or wrong, by field and in the order of the questions; the server checks again. */
export function problemsOf(answers: Answers, today: Day): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const title =
    answers.title === ''
      ? { rule: 'required' as const }
      : textProblem(answers.title, { max: LIMITS.taskTitle });
  if (title) problems.push({ field: 'title', ...title });
  const description = textProblem(answers.description, { max: LIMITS.taskDescription, optional: true });
  if (description) problems.push({ field: 'description', ...description });
  if (answers.coordinatingOpdId === '') problems.push({ field: 'coordinatingOpdId', rule: 'required' });
  const due = typedDay(answers.due);
  if (answers.due.trim() === '') problems.push({ field: 'dueDate', rule: 'required' });
  else if (due === null) problems.push({ field: 'dueDate', rule: 'not-a-date' });
  else if (due < today || due > addDays(today, LIMITS.taskDays)) {
    problems.push({ field: 'dueDate', rule: 'out-of-range' });
  }
  return problems;
}

/** Answers without a problem as what is sent. */
export function wishOf(answers: Answers): Wish {
  const { coordinatingOpdId, teamLeadId, supportingOpdIds } = answers;
  const description = normalizeText(answers.description);
  return {
    title: normalizeText(answers.title),
    ...(description === '' ? {} : { description }),
    coordinatingOpdId,
    ...(teamLeadId === '' ? {} : { teamLeadId }),
    supportingOpdIds: supportingOpdIds.filter((id) => id !== coordinatingOpdId),
    dueDate: typedDay(answers.due) ?? '',
  };
}
