import { numberWords } from './dates.js';
import type { CoreWords } from './id.js';

const n = (value: number) => numberWords(value, 'en');
const some = (count: number, one: string, many: string) => `${n(count)} ${count === 1 ? one : many}`;

export const catchUp: CoreWords['catchUp'] = {
  title: 'Catching up',
  lead: 'What changed in your tasks since your last visit, one line for each task.',
  home: 'What changed since your last visit',
  sections: {
    DECISIONS: 'Decisions',
    STATUS: 'Status and team',
    MINE: 'Addressed to you',
    DATES: 'Dates and milestones',
    FILES: 'Files',
    TALK: 'Messages by topic',
  },
  counts: {
    DECISIONS: (count) => some(count, 'decision', 'decisions'),
    STATUS: (count) => some(count, 'change of status or team', 'changes of status or team'),
    MINE: (count) => `${n(count)} for you`,
    DATES: (count) => some(count, 'change of dates', 'changes of dates'),
    FILES: (count) => some(count, 'file', 'files'),
    TALK: (count) => some(count, 'unread message', 'unread messages'),
  },
  moreChanges: 'and older changes',
  seeAll: (count) => `See all ${n(count)} tasks`,
  more: 'Shown are the tasks with the latest news.',
  empty: 'You have missed nothing.',
  emptyNext: 'You are up to date in all your tasks.',
  failed: 'What you missed could not be loaded.',
  offline: 'Not connected. What is shown is the last that was known.',
  waiting: 'This device is not connected. The list comes when it is.',
};
