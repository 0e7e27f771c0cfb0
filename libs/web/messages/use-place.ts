import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { afterChange, isAtEnd } from './scrolling.js';
import { visibleRange } from './visible-range.js';

interface About {
  /** What is drawn; another object is drawn anew. */
  entries: readonly unknown[];
  /** The number of the last message. */
  last: number;
  /** The person's own newest message on its way. */
  lastOwn: string | undefined;
  /** What is shown lies in the middle of the topic. */
  passage: boolean;
  /** Messages from one number to another are on the screen. */
  onShown: (from: number, to: number) => void;
}

/**
 * Where the reader of a list is. Whatever comes in above or below, what is being read stays where it is; who reads the
 * end goes on reading the end.
 */
export function usePlace({ entries, last, lastOwn, passage, onShown }: About): {
  /** Goes on the element that scrolls. */
  list: RefObject<HTMLDivElement | null>;
  /** The end is out of sight. */
  away: boolean;
  /** The number up to which the end was in sight. */
  seen: number;
  /** Looks where the reader is now. */
  look: () => void;
  toEnd: () => void;
} {
  const list = useRef<HTMLDivElement>(null);
  const [away, setAway] = useState(false);
  const [seen, setSeen] = useState(last);
  const place = useRef<{ atEnd: boolean; anchor: Element | null; at: number }>({
    atEnd: true,
    anchor: null,
    at: 0,
  });

  const look = useCallback(() => {
    const box = list.current;
    if (!box) return;
    const { left, top, width } = box.getBoundingClientRect();
    const atEnd = isAtEnd(box.scrollTop);
    const hit = document.elementFromPoint(left + width / 2, top + 12);
    // Between two rows, or under a dialog, the row before stays the measure.
    const row = hit && box.contains(hit) ? hit.closest('[data-message], [data-day]') : null;
    const anchor = row ?? place.current.anchor;
    place.current = { atEnd, anchor, at: anchor ? anchor.getBoundingClientRect().top - top : 0 };
    setAway(!atEnd || passage);
    const rows = box.querySelectorAll<HTMLElement>('[data-no]');
    const extentOf = (at: number) => rows[at]?.getBoundingClientRect() ?? { top: 0, bottom: 0 };
    const shown = visibleRange(rows.length, extentOf, box.getBoundingClientRect());
    if (shown) onShown(Number(rows[shown[0]]?.dataset.no), Number(rows[shown[1]]?.dataset.no));
  }, [passage, onShown]);

  const lastOwnBefore = useRef(lastOwn);
  useLayoutEffect(() => {
    const box = list.current;
    if (!box) return;
    const { atEnd, anchor, at } = place.current;
    const ownEntered = lastOwn !== undefined && lastOwn !== lastOwnBefore.current;
    lastOwnBefore.current = lastOwn;
    const anchorMoved = anchor?.isConnected
      ? anchor.getBoundingClientRect().top - box.getBoundingClientRect().top - at
      : null;
    const next = afterChange({ wasAtEnd: atEnd && !passage, ownEntered, anchorMoved });
    if (next && 'to' in next) box.scrollTop = 0;
    else if (next) box.scrollTop += next.by;
    look();
  }, [entries, lastOwn, look, passage]);

  // At the end and looked at, everything is seen.
  useEffect(() => {
    if (!away && !passage && document.visibilityState === 'visible') setSeen(last);
  }, [away, passage, last]);
  useEffect(() => {
    const back = () => {
      if (document.visibilityState === 'visible' && place.current.atEnd) setSeen(last);
    };
    document.addEventListener('visibilitychange', back);
    return () => document.removeEventListener('visibilitychange', back);
  }, [last]);

  const toEnd = () => {
    if (list.current) list.current.scrollTop = 0;
    place.current = { ...place.current, atEnd: true };
    setSeen(last);
  };
  return { list, away, seen, look, toEnd };
}
