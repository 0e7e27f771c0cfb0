import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { id, type Language, loadWords, type Words } from '#libs/content';
import { recall, remember } from './device-memory.js';

const WordsContext = createContext<Words>(id);
const LanguageContext = createContext<(language: Language) => void>(() => undefined);

/** All words of the chosen language. `words.language` goes to `dateWords` and `numberWords`. */
export function useWords(): Words {
  return useContext(WordsContext);
}

/** Changes the language, on this device and for the next visits. */
export function useSetLanguage(): (language: Language) => void {
  return useContext(LanguageContext);
}

export function WordsProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(() => (recall('language') === 'en' ? 'en' : 'id'));
  const [words, setWords] = useState<Words>(id);

  useEffect(() => {
    let current = true;
    loadWords(language).then(
      (loaded) => {
        if (!current) return;
        setWords(loaded);
        document.documentElement.lang = language;
      },
      // Without network the other language cannot come: the page stays readable in the one it has.
      () => {
        if (current) setLanguage('id');
      },
    );
    return () => {
      current = false;
    };
  }, [language]);

  const change = (next: Language) => {
    remember('language', next);
    setLanguage(next);
  };
  return (
    <LanguageContext.Provider value={change}>
      <WordsContext.Provider value={words}>{children}</WordsContext.Provider>
    </LanguageContext.Provider>
  );
}
