import { memo, type MouseEvent, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import { numberWords } from '#libs/content';
import { useWords } from '../app/words.js';
import { Button } from '../kit/index.js';
import { linkPieces } from './links.js';
import { shortened } from './long-text.js';
import styles from './discussion.module.css';

/** What a person wrote, as text: addresses become links, long texts can be folded, and its own direction stays its own. */
export const MessageText = memo(function MessageText({ text }: { text: string }) {
  const words = useWords();
  const short = useMemo(() => shortened(text), [text]);
  const [whole, setWhole] = useState(false);
  const shown = short !== null && !whole ? short : text;
  const pieces = useMemo(() => linkPieces(shown), [shown]);
  // The list is laid out from its end: what unfolds would push its own beginning out of sight.
  const fold = (event: MouseEvent<HTMLElement>) => {
    const row = event.currentTarget.closest('article');
    const list = row?.closest('[data-list]');
    const before = row?.getBoundingClientRect().top ?? 0;
    flushSync(() => setWhole(!whole));
    if (!row || !list) return;
    list.scrollTop += row.getBoundingClientRect().top - before;
    if (whole) row.scrollIntoView({ block: 'nearest' });
  };
  return (
    <>
      <p dir="auto" className={styles.text}>
        {pieces.map((piece, i) =>
          piece.href ? (
            <a key={i} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
              {piece.text}
            </a>
          ) : (
            piece.text
          ),
        )}
      </p>
      {short !== null && (
        <Button look="quiet" small aria-expanded={whole} className={styles.fold} onClick={fold}>
          {whole
            ? words.workspace.message.showLess
            : words.workspace.message.showAll(numberWords(text.length, words.language))}
        </Button>
      )}
    </>
  );
});
