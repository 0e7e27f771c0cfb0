import { useEffect, useState } from 'react';
import { type HelpWords, type Language, loadHelpWords, loadToolWords, type ToolWords } from '#libs/content';
import { keptLanguage, useWords } from './words.js';

/** Words that come with the parts that say them. */
interface LaterWords<T> {
  /** Fetches them in the language of this device; whoever shows such a part waits for it. */
  prepare: (language?: Language) => Promise<void>;
  /** Only in parts that waited for `prepare`. */
  use: () => T;
  areHere: () => boolean;
}

function laterWords<T>(load: (language: Language) => Promise<T>): LaterWords<T> {
  const loaded = new Map<Language, T>();
  const prepare = async (language = keptLanguage()): Promise<void> => {
    if (!loaded.has(language)) loaded.set(language, await load(language));
  };
  const use = (): T => {
    const { language } = useWords();
    const [, again] = useState(0);
    useEffect(() => {
      if (loaded.has(language)) return undefined;
      let current = true;
      prepare(language).then(
        () => current && again((turn) => turn + 1),
        // Without network it goes on in the language that is here.
        () => undefined,
      );
      return () => {
        current = false;
      };
    }, [language]);
    const words = loaded.get(language) ?? [...loaded.values()][0];
    if (words === undefined) throw new Error('these words come with the part that says them');
    return words;
  };
  return { prepare, use, areHere: () => loaded.size > 0 };
}

const tools: LaterWords<ToolWords> = laterWords(loadToolWords);
export const prepareToolWords = tools.prepare;
export const useToolWords = tools.use;

const help: LaterWords<HelpWords> = laterWords(loadHelpWords);
export const prepareHelpWords = help.prepare;
export const useHelpWords = help.use;
export const areHelpWordsHere = help.areHere;
