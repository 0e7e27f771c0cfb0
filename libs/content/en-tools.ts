import type { ToolWords } from './id-tools.js';

export const enTools: ToolWords = {
  display: {
    lead: 'Takes effect at once in every tab, and is kept on this device only.',
    themeNotes: {
      device: 'Light or dark, as this phone or computer is.',
      light: 'A warm white ground.',
      dark: 'A dark ground, for dim rooms.',
      contrast: 'The firmest letters and lines.',
    },
    text: 'Text size',
    texts: { normal: 'Normal', large: 'Large', larger: 'Very large' },
    motion: 'Movement on the screen',
    motions: { device: 'Follow device', reduce: 'Reduce' },
    motionNotes: { device: 'As set on this phone or computer.', reduce: 'Nothing slides or flashes.' },
    toPlain: 'Back to how it was',
    reset: 'The display is as it was at first.',
    done: 'Done',
  },
};
