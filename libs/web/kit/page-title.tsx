import { type ReactNode, useEffect, useRef } from 'react';
import { useWords } from '../app/words.js';

// The first page a person opens keeps the browser's own focus, so that the skip link is the first stop.
let first = true;

/** The page's `h1`: names the document and takes the focus after a navigation. */
export function PageTitle({
  title,
  children,
  className,
}: {
  title: string;
  children?: ReactNode;
  className?: string;
}) {
  const words = useWords();
  const ref = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    document.title = `${title} · ${words.product}`;
  }, [title, words]);

  useEffect(() => {
    if (first) first = false;
    else ref.current?.focus();
  }, []);

  return (
    <h1 ref={ref} tabIndex={-1} className={className}>
      {children ?? title}
    </h1>
  );
}
