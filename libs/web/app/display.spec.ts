import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { CHOICES, DRESS } from './display.js';

const page = readFileSync(new URL('../index.html', import.meta.url), 'utf8');
const script = /<script>([\s\S]*?)<\/script>/.exec(page)?.[1] ?? '';

/** What the script in the page makes of what was kept. */
function dressed(kept: Record<string, string> | null): Record<string, string> {
  const dataset: Record<string, string> = {};
  const localStorage = {
    getItem: (key: string) => {
      if (!kept) throw new Error('SecurityError');
      return kept[key] ?? null;
    },
  };
  runInContext(script, createContext({ localStorage, document: { documentElement: { dataset } } }));
  return dataset;
}

describe('before the first paint', () => {
  it.each(DRESS.flatMap((key) => CHOICES[key].map((value) => [key, value] as const)))(
    '%s %s is worn as it will be',
    (key, value) => {
      const plain = value === CHOICES[key][0];
      expect(dressed({ [`simpul.${key}`]: value })).toEqual(plain ? {} : { [key]: value });
    },
  );

  it('nothing is worn that was not chosen, also where nothing can be kept', () => {
    expect(dressed({})).toEqual({});
    expect(dressed(null)).toEqual({});
  });
});
