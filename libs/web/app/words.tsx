import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import {
  type CoreWords,
  id,
  type Language,
  loadCoreWords,
  loadWorkspaceWords,
  type Words,
  type WorkspaceWords,
} from '#libs/content';
import { onRemembered, recall, remember } from './device-memory.js';

const WordsContext = createContext<Words>(withWorkspace(id));
const LanguageContext = createContext<(language: Language) => void>(() => undefined);

/** Filled by the workspace's route before its screen is shown. */
const workspaceWords = new Map<Language, WorkspaceWords>();

/** All words of the chosen language. `words.language` goes to `dateWords` and `numberWords`. */
export function useWords(): Words {
  return useContext(WordsContext);
}

/** Changes the language, on this device and for the next visits. */
export function useSetLanguage(): (language: Language) => void {
  return useContext(LanguageContext);
}

/** Fetches the workspace's words in the language of this device; its route waits for them. */
export async function prepareWorkspaceWords(language: Language = keptLanguage()): Promise<void> {
  if (!workspaceWords.has(language)) workspaceWords.set(language, await loadWorkspaceWords(language));
}

/** The language this device was told to use. */
export function keptLanguage(): Language {
  return recall('language') === 'en' ? 'en' : 'id';
}

export function WordsProvider({ children }: { children: ReactNode }) {
  const [wanted, setWanted] = useState<Language>(keptLanguage);
  const [core, setCore] = useState<CoreWords>(id);

  useEffect(() => {
    let current = true;
    const load = async () => {
      const loaded = await loadCoreWords(wanted);
      if (workspaceWords.size > 0) await prepareWorkspaceWords(wanted);
      return loaded;
    };
    load().then(
      (loaded) => {
        if (!current) return;
        setCore(loaded);
        document.documentElement.lang = wanted;
      },
      // Without network the other language cannot come: the page stays readable in the one it has.
      () => {
        if (current) setWanted('id');
      },
    );
    return () => {
      current = false;
    };
  }, [wanted]);

  useEffect(() => onRemembered(() => setWanted(keptLanguage())), []);

  const words = useMemo(() => withWorkspace(core), [core]);
  const change = (next: Language) => {
    remember('language', next);
    setWanted(next);
  };
  return (
    <LanguageContext.Provider value={change}>
      <WordsContext.Provider value={words}>{children}</WordsContext.Provider>
    </LanguageContext.Provider>
  );
}

function withWorkspace(core: CoreWords): Words {
  return {
    ...core,
    get workspace() {
      // While the chosen language is on its way, the one that is here.
      const words = workspaceWords.get(core.language) ?? [...workspaceWords.values()][0];
      if (!words) throw new Error('the words of the workspace come with its route');
      return words;
    },
  };
}
