import { useEffect, useState } from 'react';
import type { DeciderChoice, OpdChoice, PersonChoice } from '#libs/contracts';
import { api } from './api.js';

/** What a form may choose from: `null` while it comes. */
export interface Directory<T> {
  items: readonly T[] | null;
  failed: boolean;
  again: () => void;
}

const FRESH_MS = 5 * 60_000;
const asked = new Map<string, { at: number; answer: Promise<readonly unknown[]> }>();

/** Units that can take part in tasks, by name. */
export function useOpds(): Directory<OpdChoice> {
  return useDirectory<OpdChoice>('/api/opds');
}

/** Who has a post in a unit today, by name. */
export function usePeopleOf(opdId: string): Directory<PersonChoice> {
  return useDirectory<PersonChoice>(opdId === '' ? null : `/api/opds/${opdId}/people`);
}

/** Posts that can be asked for a decision in a task, the nearest first. */
export function useDeciders(taskId: string): Directory<DeciderChoice> {
  return useDirectory<DeciderChoice>(`/api/tasks/${taskId}/deciders`);
}

function useDirectory<T>(path: string | null): Directory<T> {
  const [found, setFound] = useState<{ path: string; items: readonly T[] | null } | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (path === null) return undefined;
    let current = true;
    ask(path).then(
      (items) => {
        if (current) setFound({ path, items: items as readonly T[] });
      },
      () => {
        asked.delete(path);
        if (current) setFound({ path, items: null });
      },
    );
    return () => {
      current = false;
    };
  }, [path, turn]);
  const here = found?.path === path ? found : null;
  return {
    items: path === null ? [] : (here?.items ?? null),
    failed: here !== null && here.items === null,
    again: () => {
      setFound(null);
      setTurn((before) => before + 1);
    },
  };
}

function ask(path: string): Promise<readonly unknown[]> {
  const known = asked.get(path);
  if (known && Date.now() - known.at < FRESH_MS) return known.answer;
  const answer = api<readonly unknown[]>('GET', path);
  asked.set(path, { at: Date.now(), answer });
  return answer;
}
