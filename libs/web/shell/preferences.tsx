import type { Language } from '#libs/content';
import { CHOICES, setDisplay, useDisplay } from '../app/display.js';
import { useSetLanguage, useWords } from '../app/words.js';
import { type Choice, Select } from '../kit/field.js';

// Each language is named in itself: who cannot read the other one still finds theirs.
const LANGUAGES: Choice<Language>[] = [
  { value: 'id', label: 'Bahasa Indonesia' },
  { value: 'en', label: 'English' },
];

/** The language of this device. */
export function LanguageChoice() {
  const words = useWords();
  const setLanguage = useSetLanguage();
  return (
    <Select label={words.shell.language} choices={LANGUAGES} value={words.language} onPick={setLanguage} />
  );
}

/** What somebody may need before signing in: language and theme. */
export function Preferences() {
  const words = useWords();
  const { theme } = useDisplay();
  return (
    <>
      <LanguageChoice />
      <Select
        label={words.shell.theme}
        choices={CHOICES.theme.map((value) => ({ value, label: words.shell.themes[value] }))}
        value={theme}
        onPick={(picked) => setDisplay({ theme: picked })}
      />
    </>
  );
}
