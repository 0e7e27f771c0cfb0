import type { Health, HealthReason, PositionMode, Priority, Role, TaskStatus, Wait } from '#libs/contracts';
import { numberWords } from './dates.js';
import { errors, fields, rules, statusLabels } from './en-errors.js';
import { inbox } from './en-inbox.js';
import { catchUp } from './en-catch-up.js';
import type { CoreWords } from './id.js';

const n = (value: number) => numberWords(value, 'en');
const many = (value: number, one: string, more: string) => `${n(value)} ${value === 1 ? one : more}`;
const days = (value: number) => many(value, 'working day', 'working days');

const status: Record<TaskStatus, string> = statusLabels;

const health: Record<Health, string> = {
  RED: 'Late/critical',
  YELLOW: 'Needs attention',
  GREEN: 'On track',
  GREY: 'Not running',
};

const wait: Record<Wait['kind'], string> = {
  DECISION: 'Waiting for a decision',
  ACCEPTANCE: 'Waiting for the agency to accept',
  MILESTONE: 'Milestone not finished',
  ASSIGNMENT: 'Waiting to be assigned',
  VERIFICATION: 'Waiting for verification',
  PUBLIC_UPDATE: 'Update waiting for the PPID',
};

const needed: Record<Wait['kind'], string> = {
  DECISION: 'Decide',
  ACCEPTANCE: 'Answer for your agency',
  MILESTONE: 'Finish the milestone',
  ASSIGNMENT: 'Assign the task',
  VERIFICATION: 'Verify the result',
  PUBLIC_UPDATE: 'Review the public update',
};

const priority: Record<Priority, string> = { HIGH: 'High', MEDIUM: 'Medium', LOW: 'Low' };
const mode: Record<PositionMode, string> = { DEFINITIVE: '', PLT: 'Acting', PLH: 'Acting (daily)' };

const role: Record<Role, string> = {
  WALI_KOTA: 'Mayor',
  WAKIL_WALI_KOTA: 'Deputy Mayor',
  SEKDA: 'City Secretary',
  ASISTEN: 'Assistant to the Secretary',
  KEPALA_OPD: 'Head of agency',
  PEMANTAU: 'Observer',
  ADMIN_OPD: 'Agency admin',
  PPID: 'Information officer (PPID)',
  ADMIN_SISTEM: 'System admin',
};

function healthReason(reason: HealthReason): string {
  switch (reason.kind) {
    case 'overdue':
      return `due date passed ${days(reason.days)} ago`;
    case 'milestone-late':
      return `milestone “${reason.title}” is ${days(reason.days)} late`;
    case 'decision-late':
      return `decision “${reason.title}” is ${days(reason.days)} late`;
    case 'decision-soon':
      return `decision “${reason.title}” is due soon`;
    case 'blocked':
      return `blocked for ${days(reason.days)}`;
    case 'awaiting-decision':
      return 'the whole task waits for a decision';
    case 'acceptance-late':
      return `${reason.opd} has not answered yet`;
    case 'due-soon':
      return `due in ${days(reason.days)}, progress ${n(reason.progress)} %`;
  }
}

/** The words of the product in English. */
export const en: CoreWords = {
  language: 'en',
  product: 'Simpul',
  city: 'Kota Jambi',
  unnamedField: 'This field',
  tagline: 'The shared workroom of the city’s agencies',
  status,
  health,
  healthReason,
  wait,
  needed,
  priority,
  mode,
  role,
  rules,
  fields,
  errors,
  common: {
    loading: 'Loading…',
    retry: 'Try again',
    cancel: 'Cancel',
    close: 'Close',
    open: 'Open',
    back: 'Back',
    undo: 'Undo',
    copy: 'Copy text',
    all: 'All',
    required: 'required',
    optional: 'optional',
    changed: 'Just changed',
    updatedAt: (time) => `Updated ${time} WIB`,
    dataFrom: (time) => `Data of ${time} WIB`,
    lettersLeft: (left) =>
      left >= 0 ? `${many(left, 'letter', 'letters')} left` : `${many(-left, 'letter', 'letters')} too many`,
    andMore: (count) => `and ${n(count)} more`,
    today: 'today',
    dayHint: 'Write it like 24-11-2026.',
    noDue: 'no due date',
    milestones: (done, total) =>
      total === 0 ? 'no milestones yet' : `${n(done)} of ${many(total, 'milestone', 'milestones')} finished`,
  },
  shell: {
    skip: 'Skip to content',
    navigation: 'Main menu',
    places: { home: 'Home', inbox: 'Inbox', tasks: 'Tasks', board: 'Overview', publish: 'Publishing' },
    waiting: 'waiting',
    lost: 'Connection lost. What you write is saved and will be sent automatically.',
    back: (sent) =>
      sent === 0 ? 'Connected again.' : `Connected again. ${many(sent, 'item', 'items')} sent.`,
    language: 'Language',
    theme: 'Theme',
    themes: { device: 'Follow device', light: 'Light', dark: 'Dark', contrast: 'High contrast' },
    display: 'Display',
    keys: 'List of keys',
    help: 'Help',
    find: 'Find or jump',
    partFailed: 'This part could not be loaded yet. Check the network, then try again.',
    profileOf: (name) => `Profile of ${name}`,
    positions: 'Positions',
    signOut: 'Sign out',
    signOutEverywhere: 'Sign out on all devices',
    signOutEverywhereQuestion: 'Sign out on all devices?',
    signOutEverywhereEffect:
      'Every device that uses your account, this one too, has to sign in again. What is not sent yet stays saved on its device.',
    signOutPending: (count) =>
      `${many(count, 'item is', 'items are')} not sent yet. They stay saved on this device and are sent after you sign in again.`,
    notFound: 'Page not found',
    notFoundText: 'This address does not exist, or you have no access to it.',
    toHome: 'Go to Home',
    failed: 'This screen cannot be shown yet',
    failedText:
      'Something did not run on this device. What was saved is not lost. Reload the page; if it stays like this, contact Diskominfo.',
    reload: 'Reload',
    sessionUnknown: 'Simpul cannot be reached yet',
    sessionUnknownText:
      'The server did not answer. What you wrote on this device is still saved. Check the network, then try again.',
  },
  signIn: {
    title: 'Sign in',
    lead: 'Sign in with your Kota Jambi staff account.',
    login: 'NIP or e-mail',
    loginHint: 'The 18 digits of your NIP, blanks allowed, or your office e-mail.',
    password: 'Password',
    show: 'Show password',
    hide: 'Hide password',
    submit: 'Sign in',
    busy: 'Checking…',
    ended: 'You were signed out for safety. What you wrote is saved on this device.',
    signedOut: 'You have signed out. See you soon.',
    placeKept: 'After signing in you return to the page you were on.',
    help: 'Cannot sign in? Contact your agency’s admin or Diskominfo.',
    public: 'See the pages for citizens',
    noOpd: 'Your account is not linked to an agency yet. Contact your agency’s admin.',
  },
  inbox,
  catchUp,
  home: {
    title: 'Home',
    greeting: (hour, name) => `Good ${dayPart(hour)}, ${name}`,
    needs: 'Needs you',
    needsEmpty: 'Nothing is waiting for you. Thank you.',
    seeTasks: 'See my tasks',
    seeBoard: 'Open Overview',
    needsMore: (count) =>
      `There ${count === 1 ? 'is' : 'are'} ${n(count)} more. The most urgent are shown here.`,
    tasks: 'My tasks',
    tasksEmpty: 'You are not part of any task yet.',
    tasksOverseen: 'You are in no team. The tasks you oversee are in Overview.',
    tasksEmptyNext: 'As soon as a team lead adds you, the task appears here.',
    allTasks: (count, closed) =>
      `See all ${many(count, 'task', 'tasks')}${closed > 0 ? `, ${n(closed)} of them closed` : ''}`,
    waiting: (count) => (count <= 0 ? 'waiting since today' : `waiting ${many(count, 'day', 'days')}`),
    due: (due) => `due ${due}`,
    changed: (tasks) => `${many(tasks, 'task', 'tasks')} updated`,
    failed: 'The list cannot be loaded yet.',
    refused: 'This list cannot be opened with your account. Contact your agency’s admin.',
  },
  tasks: {
    title: 'Tasks',
    summary: (shown, all) =>
      shown === all ? many(all, 'task', 'tasks') : `${n(shown)} of ${many(all, 'task', 'tasks')}`,
    create: 'Create a task',
    unsent: 'Tasks not sent yet',
    unsentWaiting: 'Waiting to be sent. It goes by itself once you are connected.',
    unsentOld: 'Made more than 7 days ago and not sent.',
    mend: 'Mend and send again',
    search: 'Search this list',
    searchHint: 'Title, code or agency',
    filters: 'Filters',
    anyStatus: 'Any status',
    anyHealth: 'Any health',
    anyOpd: 'Any agency',
    filterStatus: 'Status',
    filterHealth: 'Health',
    filterOpd: 'Agency',
    filterView: 'Show',
    view: {
      all: 'All tasks',
      trouble: 'In trouble',
      mine: 'Waiting for my decision',
      waiting: 'Something is awaited',
    },
    sort: 'Sort by',
    sorts: { due: 'Due soonest', health: 'Worst health', waiting: 'Waiting longest', title: 'Title' },
    showMore: (count) => `Show ${n(count)} more`,
    noMatch: 'No task fits.',
    clear: 'Clear filters',
    reorder: 'Refresh order',
    reordered: 'Order refreshed',
    orderChanged: 'Changes moved some tasks in the order.',
    next: (title) => `Next: ${title}`,
    columns: {
      task: 'Task',
      status: 'Status',
      health: 'Health',
      due: 'Due',
      opds: 'Agencies',
      waits: 'Awaited',
      milestones: 'Milestones',
    },
    lead: (opd) => `Coordinated by ${opd}`,
    supporting: (opds) => `with ${opds}`,
    moved: (day) => `was ${day}`,
    waitFor: (what, whom) => `${what}: ${whom || 'leaders'}`,
    waitTime: (count) => (count <= 0 ? 'since today' : many(count, 'day', 'days')),
    noWait: 'Nothing',
    published: 'Visible to citizens',
  },
  board: {
    title: 'Overview',
    scope: 'Scope',
    sentence: {
      trouble: (trouble, all) => `${n(trouble)} of ${many(all, 'task', 'tasks')} in trouble`,
      calm: (all) => `None of ${many(all, 'task', 'tasks')} in trouble`,
      mine: (mine) => `${n(mine)} waiting for your decision`,
      none: 'No task in this scope yet',
    },
    exceptions: 'Look at these first',
    exceptionsEmpty: 'Nothing is in trouble today.',
    moreExceptions: (count) => `See ${n(count)} more`,
    all: 'All tasks',
    changed: (updates, tasks) => `${many(updates, 'update', 'updates')} on ${many(tasks, 'task', 'tasks')}`,
    changedOne: (title, state, colour) => `${title}: ${state}, ${colour}`,
    closed: 'This overview is no longer open to you',
    closedNext:
      'Your post or your rights have changed. Nothing new comes to this screen. If this is a mistake, contact your agency’s admin.',
    failed: 'The numbers cannot be loaded yet.',
    refused: 'This room is limited. Ask the City Secretary for access.',
  },
  publish: {
    title: 'Publishing',
    lead: 'Updates waiting for the PPID’s review before citizens read them.',
    count: (count) => `${many(count, 'update', 'updates')} waiting`,
    empty: 'Nothing is waiting to be published.',
    draftedBy: (name, opd) => (opd ? `Written by ${name}, ${opd}` : `Written by ${name}`),
    what: 'Sentence for citizens',
    approve: 'Publish',
    approveQuestion: 'Publish this update?',
    approveEffect:
      'Citizens see it at once and it cannot be taken back. Check: no names, NIP, addresses or data of citizens.',
    giveBack: 'Return',
    giveBackTitle: 'Return to be completed',
    giveBackLead: 'The team lead reads the reason and can write it again.',
    reason: 'Reason',
    reasonHint: 'For example: name the expected date of completion.',
    approved: 'The update is published.',
    returned: 'The update went back to the team lead.',
    already: 'Somebody else has reviewed this update. The list is refreshed.',
    seePage: 'See the citizens’ page',
    notPublic: 'The page of this task is not open to citizens yet.',
    failed: 'The list cannot be loaded yet.',
    more: 'Load more',
    refresh: 'Refresh list',
    offline: 'Connection lost. Reviewing goes on once connected; a reason you wrote stays on this screen.',
    noAccess: 'Only PPID officers can review updates for citizens.',
  },
};

function dayPart(hour: number): string {
  if (hour >= 4 && hour < 12) return 'morning';
  return hour >= 12 && hour < 18 ? 'afternoon' : 'evening';
}
