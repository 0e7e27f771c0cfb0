import type { Language } from '#libs/content';
import { en } from './page-words.en.js';
import { id, type PageWords } from './page-words.js';

export function wordsOf(language: Language): PageWords {
  return language === 'en' ? en : id;
}

/** English pages live below `/en`: an address says all about a page, so no cookie is needed and caches can share it. */
export function languageOf(path: string): Language {
  return /^\/en(?:\/|$)/.test(path) ? 'en' : 'id';
}
