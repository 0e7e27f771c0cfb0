import { NEEDS_PUBLIC_SENTENCE, type TaskStatus, type TaskView } from '#libs/contracts';
import type { WorkspaceWords } from '#libs/content';

/** How a change of status is offered: what one does, and what follows from it. */
export function transitionWords(
  from: TaskStatus,
  to: TaskStatus,
  words: WorkspaceWords,
): { action: string; explain: string } {
  const { change } = words;
  if (to === 'IN_PROGRESS') {
    if (from === 'IN_VERIFICATION') return change.returned;
    if (from === 'COMPLETED') return change.reopened;
    if (from !== 'ASSIGNED') return change.resumed;
  }
  if (from === 'ASSIGNED' && to === 'PROPOSED') return change.sentBack;
  return { action: change.actions[to], explain: change.explain[to] };
}

/** Whether citizens are owed a sentence with this change. */
export function needsPublicSentence(task: TaskView, to: TaskStatus): boolean {
  return task.published && NEEDS_PUBLIC_SENTENCE.has(to);
}
