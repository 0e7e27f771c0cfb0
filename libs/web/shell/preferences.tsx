import { useState } from 'react';
import type { Language } from '#libs/content';
import { currentTheme, setTheme, THEMES, type Theme } from '../app/theme.js';
import { useSetLanguage, useWords } from '../app/words.js';
import { type Choice, Select } from '../kit/field.js';

// Each language is named in itself: who cannot read the other one still finds theirs.
const LANGUAGES: Choice<Language>[] = [
  { value: 'id', label: 'Bahasa Indonesia' },
  { value: 'en', label: 'English' },
];

/** Language and theme of this device. */
export function Preferences() {
  const words = useWords();
  const setLanguage = useSetLanguage();
  const [theme, keepTheme] = useState<Theme>(currentTheme);
  return (
    <>
      <Select label={words.shell.language} choices={LANGUAGES} value={words.language} onPick={setLanguage} />
      <Select
        label={words.shell.theme}
        choices={THEMES.map((value) => ({ value, label: words.shell.themes[value] }))}
        value={theme}
        onPick={(picked) => {
          keepTheme(picked);
          setTheme(picked);
        }}
      />
    </>
  );
}
