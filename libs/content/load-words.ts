import type { Language } from './dates.js';
import { id, type Words } from './id.js';

/** The words of a language. Indonesian is always at hand; English is fetched when asked for. */
export async function loadWords(language: Language): Promise<Words> {
  return language === 'id' ? id : (await import('./en.js')).en;
}
