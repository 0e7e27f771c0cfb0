import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { LIVE_SCRIPT_PATH } from './live-script.js';
import { Knot } from './icons.js';
import type { PageWords } from './page-words.js';
import { STYLESHEET, STYLESHEET_HASH } from './stylesheet.js';

/** Nothing but our own stylesheet and script, and no frame around a page. */
export const CONTENT_SECURITY_POLICY =
  `default-src 'none'; style-src ${STYLESHEET_HASH}; script-src 'self'; connect-src 'self'; img-src 'self'; ` +
  `manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

interface Frame {
  words: PageWords;
  /** Address of the page without language prefix, with its query. */
  path: string;
  title: string;
  description: string;
  live?: boolean;
  /** Kept out of search engines: results of a search, pages that say that something is not there. */
  unlisted?: boolean;
  children: ReactNode;
}

/** A whole HTML document. React escapes the body; what stands in the head is escaped here. */
export function renderDocument({ words, path, title, description, live, unlisted, children }: Frame): string {
  const other = words.language === 'id' ? 'en' : 'id';
  const addresses = { id: path, en: `/en${path === '/' ? '' : path}` };
  const head = [
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    `<title>${escape(title)}</title>`,
    `<meta name="description" content="${escape(description)}">`,
    '<meta name="color-scheme" content="light dark">',
    '<link rel="icon" href="/favicon.svg" type="image/svg+xml">',
    unlisted
      ? '<meta name="robots" content="noindex">'
      : `<link rel="canonical" href="${escape(addresses[words.language])}">` +
        `<link rel="alternate" hreflang="${other}" href="${escape(addresses[other])}">` +
        `<meta property="og:title" content="${escape(title)}">` +
        `<meta property="og:description" content="${escape(description)}">`,
    `<style>${STYLESHEET}</style>`,
    live ? `<script defer src="${LIVE_SCRIPT_PATH}"></script>` : '',
  ].join('');
  const body = renderToStaticMarkup(
    <>
      <a className="skip" href="#isi">
        {words.skip}
      </a>
      <header>
        <a className="brand" href={words.prefix || '/'}>
          <Knot />
          {words.site}
        </a>
        <a href={addresses[other]} hrefLang={other} lang={other} aria-label={words.otherLanguageLabel}>
          {words.otherLanguage}
        </a>
      </header>
      <main id="isi" tabIndex={-1}>
        {children}
      </main>
      <footer>
        <p>{words.footer}</p>
        <p>{words.footerHelp}</p>
        <a href="/app">{words.staff}</a>
      </footer>
    </>,
  );
  return `<!doctype html><html lang="${words.language}"><head>${head}</head><body>${body}</body></html>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
}
