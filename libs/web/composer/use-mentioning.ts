import { type KeyboardEvent, type RefObject, useEffect, useMemo, useState } from 'react';
import { useWords } from '../app/words.js';
import { announce } from '../kit/index.js';
import { fitting, mentionAt, type Candidate } from './mentions.js';

/** The list that opens at an `@`: who fits what follows it, which one is chosen, and the keys for it. */
export function useMentioning(
  area: RefObject<HTMLTextAreaElement | null>,
  text: string,
  candidates: readonly Candidate[],
  write: (text: string, caret: number) => void,
): {
  found: readonly Candidate[];
  chosen: number;
  look: () => void;
  pick: (candidate: Candidate) => void;
  close: () => void;
  /** True: the key was for the list. */
  onKey: (event: KeyboardEvent) => boolean;
} {
  const { talk: say } = useWords().workspace;
  const [caret, setCaret] = useState<number | null>(null);
  const [chosen, setChosen] = useState(0);
  const at = caret === null ? null : mentionAt(text, caret);
  const query = at?.query;
  const found = useMemo(() => (query === undefined ? [] : fitting(candidates, query)), [candidates, query]);
  const count = found.length;
  useEffect(() => {
    setChosen(0);
    if (query !== undefined && count > 0) announce(say.mentionFound(count));
  }, [query, count, say]);

  const close = () => setCaret(null);
  const pick = ({ label }: Candidate) => {
    if (!at || caret === null) return;
    const before = `${text.slice(0, at.from)}@${label} `;
    close();
    write(before + text.slice(caret).replace(/^ /, ''), before.length);
  };
  const onKey = (event: KeyboardEvent): boolean => {
    const candidate = found[chosen];
    if (!candidate || event.nativeEvent.isComposing) return false;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setChosen((chosen + step + count) % count);
    } else if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab') {
      pick(candidate);
    } else if (event.key === 'Escape') {
      close();
    } else {
      return false;
    }
    event.preventDefault();
    return true;
  };
  return { found, chosen, look: () => setCaret(area.current?.selectionStart ?? null), pick, close, onKey };
}
