import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

interface About {
  list: RefObject<HTMLElement | null>;
  /** On which side of the list more would come. */
  side: 'above' | 'below';
  /** There is more, and it may be fetched now. */
  wanted: boolean;
  /** Fetches a page; false: it could not. */
  fetchPage: () => Promise<boolean>;
  /** What stands at the edge; another value is another edge. */
  edge: number;
}

/** Fetches the next page of a list before its reader reaches the edge, until it fails; then on their wish. */
export function useMore({ list, side, wanted, fetchPage, edge }: About): {
  /** Goes on the element at the edge. */
  mark: RefObject<HTMLDivElement | null>;
  failed: boolean;
  /** Fetches a page now, and goes on by itself if that succeeds; false: it could not. */
  more: () => Promise<boolean>;
} {
  const mark = useRef<HTMLDivElement>(null);
  const [failed, setFailed] = useState(false);
  const more = useCallback(async () => {
    setFailed(false);
    const done = await fetchPage();
    setFailed(!done);
    return done;
  }, [fetchPage]);

  useEffect(() => {
    if (!mark.current || !wanted || failed) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) void more();
      },
      { root: list.current, rootMargin: side === 'above' ? '500px 0px 0px 0px' : '0px 0px 500px 0px' },
    );
    observer.observe(mark.current);
    return () => observer.disconnect();
  }, [list, side, wanted, failed, more, edge]);
  return { mark, failed, more };
}
