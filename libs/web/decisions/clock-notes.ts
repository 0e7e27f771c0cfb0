import { isOpenDecision, type DecisionRequestView, type Instant } from '#libs/contracts';
import { dateWords, type Words } from '#libs/content';
import { postName } from './decisions.js';

export function isPast(at: Instant, now = Date.now()): boolean {
  return Date.parse(at) < now;
}

/** A request's clock in words, beside the moment by which it is due. */
export function clockNotes(
  {
    status,
    dueDate,
    firstDueDate,
    clock,
  }: Pick<DecisionRequestView, 'status' | 'dueDate' | 'firstDueDate' | 'clock'>,
  words: Words,
): string[] {
  const { decision: say } = words.workspace;
  const dates = dateWords(words.language);
  if (!clock || !isOpenDecision(status)) return [];
  const moved = firstDueDate !== null && dueDate !== null && firstDueDate !== dueDate;
  return [
    ...(clock.pausedAt === null ? [] : [say.paused(dates.short(clock.pausedAt))]),
    ...(moved ? [say.firstDue(dates.shortDay(firstDueDate))] : []),
    ...clock.told.map(({ kind, at, post, persons }) =>
      kind === 'REMINDER'
        ? say.reminded(persons.map(({ name }) => name).join(', '), dates.short(at))
        : say.raised(postName(post.role, post.opd, words.workspace), dates.short(at)),
    ),
  ];
}
