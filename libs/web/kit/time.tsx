import { useEffect, useState } from 'react';
import type { Instant } from '#libs/contracts';
import { dateWords } from '#libs/content';
import { useWords } from '../app/words.js';

/** A moment in words: relative up to six days, the full time on hover. Keeps itself current. */
export function Time({ at }: { at: Instant }) {
  const dates = dateWords(useWords().language);
  const [now, setNow] = useState(() => new Date().toISOString());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date().toISOString()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={at} title={dates.full(at)}>
      {dates.relative(at, now)}
    </time>
  );
}
