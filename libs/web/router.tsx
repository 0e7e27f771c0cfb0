import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { isWeekOpen } from './app/first-week.js';
import { prepareHelpWords } from './app/later-words.js';
import { holds, knownSession, loadSession } from './app/session.js';
import { fetchClient } from './app/simpul-client.js';
import { prepareWorkspaceWords } from './app/words.js';
import { Skeleton } from './kit/skeleton.js';
import { FailedScreen, NotFoundScreen } from './shell/failed-screen.js';
import { Shell } from './shell/shell.js';

const root = createRootRoute({ component: Outlet });

export interface SignInSearch {
  /** Where to go afterwards: a path inside the app. */
  to?: string;
  /** Why the person is here: the session ended by itself, or the person left. */
  why?: 'ended' | 'left';
}

const signInRoute = createRoute({
  getParentRoute: () => root,
  path: '/masuk',
  validateSearch: (search: Record<string, unknown>): SignInSearch => ({
    to: typeof search.to === 'string' && /^\/(?![/\\])/.test(search.to) ? search.to : undefined,
    why: search.why === 'ended' || search.why === 'left' ? search.why : undefined,
  }),
  beforeLoad: ({ search }) => {
    if (knownSession()) throw redirect({ href: search.to ?? '/' });
  },
  component: lazyRouteComponent(() => import('./sign-in/sign-in-screen.js'), 'SignInScreen'),
});

const shellRoute = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: async ({ location }) => {
    const known = await loadSession();
    if (!known) throw redirect({ to: '/masuk', search: location.href === '/' ? {} : { to: location.href } });
    // Begins beside the screen's own chunk; the shell waits for it and tells when it fails.
    fetchClient().catch(() => undefined);
    return { session: known };
  },
  component: Shell,
});

const homeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  component: lazyRouteComponent(async () => {
    const [{ HomeScreen }] = await Promise.all([
      import('./home/home-screen.js'),
      // Without its words the first week stays away; Beranda does not wait for another try.
      isWeekOpen() ? prepareHelpWords().catch(() => undefined) : undefined,
    ]);
    return { HomeScreen };
  }, 'HomeScreen'),
});

const inboxRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/kotak-masuk',
  component: lazyRouteComponent(() => import('./inbox/inbox-screen.js'), 'InboxScreen'),
});

const catchUpRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/kejar-ketinggalan',
  component: lazyRouteComponent(() => import('./catch-up/missed-screen.js'), 'MissedScreen'),
});

const tasksRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/tugas',
  component: lazyRouteComponent(() => import('./tasks/tasks-screen.js'), 'TasksScreen'),
});

const newTaskRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/tugas/baru',
  component: lazyRouteComponent(async () => {
    const [{ NewTaskScreen }] = await Promise.all([
      import('./new-task/new-task-screen.js'),
      prepareWorkspaceWords(),
    ]);
    return { NewTaskScreen };
  }, 'NewTaskScreen'),
});

const workspaceRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/tugas/$taskId',
  component: lazyRouteComponent(async () => {
    const [{ WorkspaceScreen }] = await Promise.all([
      import('./workspace/index.js'),
      prepareWorkspaceWords(),
    ]);
    return { WorkspaceScreen };
  }, 'WorkspaceScreen'),
});

const helpRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/bantuan',
  validateSearch: (search: Record<string, unknown>): { jawab?: string } => ({
    jawab: typeof search.jawab === 'string' ? search.jawab : undefined,
  }),
  component: lazyRouteComponent(async () => {
    const [{ HelpScreen }] = await Promise.all([import('./help/help-screen.js'), prepareHelpWords()]);
    return { HelpScreen };
  }, 'HelpScreen'),
});

const boardRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/pantauan',
  validateSearch: (search: Record<string, unknown>): { scope?: string } => ({
    scope: typeof search.scope === 'string' ? search.scope : undefined,
  }),
  // The chunk of this screen is never fetched for people who oversee nothing.
  beforeLoad: ({ context }) => {
    if (context.session.boards.length === 0) throw notFound();
  },
  component: lazyRouteComponent(() => import('./board/board-screen.js'), 'BoardScreen'),
});

const publishRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/tayang',
  beforeLoad: ({ context }) => {
    if (!holds(context.session.roles, 'PPID')) throw notFound();
  },
  component: lazyRouteComponent(() => import('./publish/publish-screen.js'), 'PublishScreen'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    signInRoute,
    shellRoute.addChildren([
      homeRoute,
      inboxRoute,
      catchUpRoute,
      tasksRoute,
      newTaskRoute,
      workspaceRoute,
      helpRoute,
      boardRoute,
      publishRoute,
    ]),
  ]),
  basepath: '/app',
  defaultPendingMs: 300,
  defaultPendingMinMs: 0,
  defaultPendingComponent: () => <Skeleton cards={3} />,
  defaultErrorComponent: FailedScreen,
  defaultNotFoundComponent: NotFoundScreen,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
