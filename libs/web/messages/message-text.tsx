import { Fragment, memo, type MouseEvent, type ReactNode, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import type { MentionView } from '#libs/contracts';
import { numberWords } from '#libs/content';
import { useWords } from '../app/words.js';
import { Button } from '../kit/index.js';
import { shortened } from './long-text.js';
import { blocksOf, type Block, type Span } from '../composer/rich-text.js';
import styles from './messages.module.css';

const NOBODY: readonly MentionView[] = [];

/**
 * What a person wrote: a small part of Markdown as elements, never as markup. Long texts can be folded, and each
 * paragraph's own direction stays its own.
 */
export const MessageText = memo(function MessageText({
  text,
  mentions = NOBODY,
}: {
  text: string;
  mentions?: readonly MentionView[];
}) {
  const words = useWords();
  const short = useMemo(() => shortened(text), [text]);
  const [whole, setWhole] = useState(false);
  const shown = short !== null && !whole ? short : text;
  const blocks = useMemo(
    () =>
      blocksOf(
        shown,
        mentions.map(({ label }) => label),
      ),
    [shown, mentions],
  );
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
      <div className={styles.blocks}>
        {blocks.map((block, i) => (
          <Fragment key={i}>{blockElement(block)}</Fragment>
        ))}
      </div>
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

function blockElement(block: Block): ReactNode {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p dir="auto" className={styles.text}>
          {block.spans.map(spanElement)}
        </p>
      );
    case 'quote':
      return (
        <blockquote dir="auto" className={styles.cited}>
          {block.spans.map(spanElement)}
        </blockquote>
      );
    case 'code':
      // A long line is scrolled inside, so the keyboard has to get there.
      return (
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached
        <pre className={styles.codeBlock} tabIndex={0}>
          <code>{block.text}</code>
        </pre>
      );
    case 'list': {
      const items = block.items.map((item, i) => (
        <li key={i} dir="auto">
          {item.map(spanElement)}
        </li>
      ));
      return block.ordered ? (
        <ol className={styles.items}>{items}</ol>
      ) : (
        <ul className={styles.items}>{items}</ul>
      );
    }
  }
}

function spanElement(span: Span, key: number): ReactNode {
  switch (span.kind) {
    case 'text':
      return span.text;
    case 'bold':
      return <strong key={key}>{span.spans.map(spanElement)}</strong>;
    case 'code':
      return <code key={key}>{span.text}</code>;
    case 'mention':
      return (
        <span key={key} className={styles.mention}>
          {span.text}
        </span>
      );
    case 'link':
      return (
        <a key={key} href={span.href} target="_blank" rel="noopener noreferrer nofollow">
          {span.text}
        </a>
      );
  }
}
