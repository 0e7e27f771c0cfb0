import { type LinkProps, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { isFreeKey } from '../app/free-key.js';

/** How long the second key of two may follow the first. */
const PAIR_MS = 1_500;

const PLACES: Record<string, LinkProps['to']> = { b: '/', m: '/kotak-masuk', t: '/tugas', p: '/pantauan' };

/** The keys that act on every screen. All they do can be done without them. */
export function useKeys(open: (name: 'palette' | 'keys') => void, boards: boolean): void {
  const navigate = useNavigate();
  useEffect(() => {
    let since = -Infinity;
    const onKey = (event: KeyboardEvent) => {
      const key = event.key.toLowerCase();
      if (key === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
        event.preventDefault();
        if (!document.querySelector('dialog[open]')) open('palette');
        return;
      }
      if (!isFreeKey(event)) return;
      const paired = event.timeStamp - since < PAIR_MS;
      since = key === 'g' ? event.timeStamp : -Infinity;
      const to = paired ? PLACES[key] : undefined;
      if (to !== undefined && (key !== 'p' || boards)) {
        event.preventDefault();
        void navigate({ to });
      } else if (key === '/' || key === '?') {
        event.preventDefault();
        open(key === '/' ? 'palette' : 'keys');
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [open, boards, navigate]);
}
