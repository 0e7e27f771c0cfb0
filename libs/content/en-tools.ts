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
  keys: {
    lead: 'Whatever these keys do can also be pressed on the screen.',
    always: 'Always there',
    single: 'Single keys',
    switch: { on: 'On', off: 'Off' },
    switchNotes: {
      on: 'They never act while you write.',
      off: 'Nothing happens when a key is touched.',
    },
    singleList: 'Pressed alone, or one after the other',
    send: 'Send a message',
    mention: 'Mention a person or unit within a message',
    rows: 'From message to message',
    close: 'Close what is open',
    write: 'Write a message in this topic',
    reply: 'Answer the chosen message',
    topics: 'Topic before, topic after',
    done: 'Done',
  },
  palette: {
    hint: 'Task, topic or screen',
    list: 'What was found',
    groups: {
      here: 'On this screen',
      topics: 'Topics of this task',
      tasks: 'Tasks',
      screens: 'Screens and settings',
    },
    resolved: 'Settled topic',
    count: (count) => (count === 0 ? 'Nothing fits' : `${count} found`),
    none: (query) => `Nothing fits “${query}”. Try one word only, or the code of a task.`,
    foot: '↑ ↓ choose · Enter opens · Esc closes',
  },
};
