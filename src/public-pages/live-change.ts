import type { Language } from '#libs/content';
import { renderLivePart, wordsOf } from '#libs/pages';
import { versionOf, type PageAt } from './public-pages.js';

/** What an open page needs to become the present one. */
export interface LiveChange {
  version: string;
  html: string;
  /** Said once, politely, to those who listen rather than look. */
  note: string;
}

export function changeOf(at: PageAt, language: Language): LiveChange {
  const words = wordsOf(language);
  return {
    version: versionOf(at),
    html: renderLivePart(at.page, words),
    note: words.detail.changed(words.sentence(at.page), words.date.time(at.page.updatedAt)),
  };
}
