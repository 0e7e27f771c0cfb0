import { useMemo } from 'react';
import type { WorkspaceEvent, WorkspaceState } from '#libs/contracts';
import { dateWords } from '#libs/content';
import { useWords } from '../app/words.js';
import type { HistoryNames } from './history-sentence.js';

/** How people and topics of the room are called; who was removed is known from the entry that added them. */
export function useHistoryNames(
  { members, threads }: Pick<WorkspaceState, 'members' | 'threads'>,
  events: readonly WorkspaceEvent[],
): HistoryNames {
  const words = useWords();
  return useMemo((): HistoryNames => {
    const people = new Map(members.map(({ person }) => [person.id, person.name]));
    for (const event of events) {
      if (event.type === 'member.added')
        people.set(event.data.member.person.id, event.data.member.person.name);
    }
    const topics = new Map(threads.map((thread) => [thread.id, thread.title]));
    return {
      status: words.status,
      person: (id) => people.get(id) ?? null,
      thread: (id) => topics.get(id) ?? null,
      day: (day) =>
        day === null ? words.workspace.milestone.noDay : dateWords(words.language).shortDay(day),
    };
  }, [members, threads, events, words]);
}
