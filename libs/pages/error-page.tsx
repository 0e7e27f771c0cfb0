import { renderDocument } from './document.js';
import type { PageWords } from './page-words.js';

/** What a citizen sees instead of a page. Absent and unpublished are one and the same. */
export function renderErrorPage(status: number, words: PageWords): string {
  const { title, text, toList } =
    status === 404 || status === 400
      ? words.notFound
      : status === 503 || status === 429
        ? { ...words.busy, toList: words.failed.toList }
        : words.failed;
  return renderDocument({
    words,
    path: '/',
    title: `${title} · ${words.site}`,
    description: text,
    unlisted: true,
    children: (
      <>
        <h1>{title}</h1>
        <p>{text}</p>
        <a className="touch" href={words.prefix || '/'}>
          {toList}
        </a>
      </>
    ),
  });
}
