import { jakartaDay } from '#libs/content';
import { dates, isOverdue, number, stateOf, type PageWords, type PublicState } from './page-words.js';

const n = number('en');
const date = dates('en', 'at');

const LABELS: Record<Exclude<PublicState, 'other'>, string> = {
  planned: 'Planned',
  running: 'Under way',
  held: 'On hold',
  done: 'Finished',
  cancelled: 'Cancelled',
};

function label(indonesian: string): string {
  const state = stateOf(indonesian);
  return state === 'other' ? indonesian : LABELS[state];
}

const works = (count: number) => (count === 1 ? '1 work' : `${n(count)} works`);

/** The words of the citizens' pages in English. What agencies wrote stays in Indonesian. */
export const en: PageWords = {
  language: 'en',
  date,
  prefix: '/en',
  label,
  sentence(page, today = jakartaDay()) {
    const { startDate, dueDate } = page;
    const due = dueDate && date.day(dueDate);
    const since = date.dayOf(page.statusSince);
    switch (stateOf(page.statusLabel)) {
      case 'planned': {
        const start = startDate && startDate > today ? date.day(startDate) : null;
        if (isOverdue(page, today)) return `Planned. The expected date of completion, ${due}, has passed.`;
        if (start && due) return `Planned. Starts on ${start}, expected to be finished on ${due}.`;
        return `Planned. ${due ? `Expected to be finished on ${due}.` : 'No date of completion has been set.'}`;
      }
      case 'running':
        if (isOverdue(page, today)) return `Under way. The expected date of completion, ${due}, has passed.`;
        return `Under way. ${due ? `Expected to be finished on ${due}.` : 'No date of completion has been set.'}`;
      case 'held':
        return `On hold since ${since}.`;
      case 'done':
        return `Finished on ${since}.`;
      case 'cancelled':
        return `Cancelled on ${since}.`;
      case 'other':
        return `${page.statusLabel}.`;
    }
  },
  moved: (from, to) => `The expected date of completion moved from ${date.day(from)} to ${date.day(to)}.`,
  site: 'Simpul Kota Jambi',
  skip: 'Skip to content',
  otherLanguage: 'Bahasa Indonesia',
  otherLanguageLabel: 'Baca halaman ini dalam bahasa Indonesia',
  staff: 'Staff sign in',
  footer: 'This page holds only what the city government of Jambi has published for citizens.',
  footerHelp: 'Emergency: call 112. Complaints about services: SP4N-LAPOR!.',
  list: {
    title: 'Works of Kota Jambi',
    description: 'The present state of works of the city government of Jambi, open to everyone.',
    lead: (count, updated) =>
      updated
        ? `${works(count)} open to the public. Last updated ${date.moment(updated)}.`
        : 'No work has been published yet.',
    found: (count) => `${works(count)} found.`,
    search: 'Search works',
    searchHint: 'In Indonesian, for example: drainase, jalan, pasar',
    district: 'District (kecamatan)',
    category: 'Field',
    status: 'Status',
    any: 'All',
    submit: 'Search',
    clear: 'See all',
    results: 'List of works',
    none: ({ typed, district }) =>
      district && !typed
        ? `No matching work in the district ${district} yet.`
        : typed
          ? `Nothing found for “${typed}”.`
          : 'No work matches.',
    noneHint: 'Try a more general word or fewer filters.',
    nothing: 'Published works will appear here.',
    next: (title) => `Next stage: ${title}`,
    updated: (moment) => `Updated ${moment}`,
    pages: 'Pages of the list',
    page: (page, of) => `Page ${n(page)} of ${n(of)}`,
    older: 'Next',
    newer: 'Previous',
  },
  detail: {
    back: 'All works',
    updated: 'Updated',
    reload: 'Reload',
    reloadHint: 'to see the latest.',
    changed: (sentence, time) => `This page was just updated at ${time} WIB. ${sentence}`,
    facts: 'Details',
    places: 'Places',
    category: 'Field',
    program: 'Priority programme',
    start: 'Start',
    due: 'Expected completion',
    originally: (day) => `originally ${day}`,
    opds: 'Who answers for it',
    coordinator: (name) => `${name} is responsible for this work.`,
    supporting: 'Working with:',
    updates: 'Latest news',
    noUpdates: 'No news yet.',
    stages: 'Stages',
    stagesDone: (done, all) => `${n(done)} of ${n(all)} stages finished`,
    stageDone: 'Finished',
    stageOpen: 'Not finished',
    doneOn: (day) => `finished ${day}`,
    dueOn: (day) => `planned ${day}`,
    questions: 'Questions from citizens',
    askedFrom: (place, day) => (place ? `A citizen of ${place}, ${day}` : `A citizen, ${day}`),
    answered: (opd, day) => `Answered by ${opd}, ${day}`,
    unanswered: 'Not answered yet.',
    older: (count) => `See ${n(count)} older`,
    archive: 'All news and questions',
    saved: (moment) => `The server is busy. This is a copy of the page from ${moment}.`,
  },
  notFound: {
    title: 'Page not found',
    text: 'This address does not exist, or the work is not published.',
    toList: 'See all works',
  },
  failed: {
    title: 'This page has a problem',
    text: 'We are sorry. Please try again in a moment. The last state can still be seen in the list of works.',
    toList: 'Open the list of works',
  },
  busy: {
    title: 'This page is busy',
    text: 'Many citizens are reading this page. Please reload it in a moment.',
  },
};
