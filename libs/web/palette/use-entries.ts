import { useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import type { BoardScope, ThreadView } from '#libs/contracts';
import { useBoards, useClient } from '../app/live.js';
import { useToolWords } from '../app/later-words.js';
import { screenActions } from '../app/screen-actions.js';
import { holds, useSession } from '../app/session.js';
import { useWords } from '../app/words.js';

export type Group = 'here' | 'topics' | 'tasks' | 'screens';

export interface Entry {
  id: string;
  group: Group;
  label: string;
  note?: string;
  /** Goes there or does it, after the palette has closed. */
  act: () => void;
}

const TASK = /^\/tugas\/([0-9a-f-]{36})$/i;

/** Everything this person can jump to from here, of what the client has already. */
export function useEntries(openOther: (name: 'display' | 'keys') => void): Entry[] {
  const words = useWords();
  const { palette: say } = useToolWords();
  const session = useSession();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const taskId = TASK.exec(pathname)?.[1] ?? null;
  const threads = useThreads(taskId);
  const scopes = useMemo<BoardScope[]>(
    () => [`person:${session.person.id}`, ...session.boards.map(({ scope }) => scope)],
    [session],
  );
  const boards = useBoards(scopes);
  // As they were when the palette opened: the screen behind it stands still.
  const [actions] = useState(screenActions);

  return useMemo(() => {
    const entries: Entry[] = actions.map(({ label, run }) => ({
      id: `here ${label}`,
      group: 'here',
      label,
      act: run,
    }));
    const latest = (thread: ThreadView) => thread.lastMessageAt ?? '';
    for (const thread of [...threads].sort((a, b) => (latest(a) < latest(b) ? 1 : -1))) {
      if (taskId === null) break;
      const act = () =>
        void navigate({
          to: '/tugas/$taskId',
          params: { taskId },
          search: { topik: thread.id },
          resetScroll: false,
        });
      const note = thread.resolved ? say.resolved : undefined;
      entries.push({ id: thread.id, group: 'topics', label: thread.title, note, act });
    }
    const rows = new Map(boards.flatMap((board) => [...board.rows]));
    for (const row of rows.values()) {
      if (row.taskId === taskId) continue;
      entries.push({
        id: row.taskId,
        group: 'tasks',
        label: row.title,
        note: `${row.code} · ${row.coordinatingOpd.abbreviation} · ${words.status[row.status]}`,
        act: () => void navigate({ to: '/tugas/$taskId', params: { taskId: row.taskId } }),
      });
    }
    const { places } = words.shell;
    const screen = (label: string, act: () => void) =>
      entries.push({ id: label, group: 'screens', label, act });
    screen(places.home, () => void navigate({ to: '/' }));
    screen(places.inbox, () => void navigate({ to: '/kotak-masuk' }));
    screen(places.tasks, () => void navigate({ to: '/tugas' }));
    screen(words.tasks.create, () => void navigate({ to: '/tugas/baru' }));
    screen(words.catchUp.title, () => void navigate({ to: '/kejar-ketinggalan' }));
    if (session.boards.length > 0) screen(places.board, () => void navigate({ to: '/pantauan' }));
    if (holds(session.roles, 'PPID')) screen(places.publish, () => void navigate({ to: '/tayang' }));
    screen(words.shell.help, () => void navigate({ to: '/bantuan' }));
    screen(words.shell.display, () => openOther('display'));
    screen(words.shell.keys, () => openOther('keys'));
    return entries;
  }, [actions, threads, taskId, boards, words, say, session, navigate, openOther]);
}

const NO_THREADS: readonly ThreadView[] = [];

/** The topics of the task that is open behind the palette. */
function useThreads(taskId: string | null): readonly ThreadView[] {
  const client = useClient();
  const [threads, setThreads] = useState(NO_THREADS);
  useEffect(() => {
    if (taskId === null) return undefined;
    const room = client.workspace(taskId);
    const look = () => setThreads(room.view.get().state?.threads ?? NO_THREADS);
    look();
    const end = room.view.subscribe(look);
    return () => {
      end();
      room.leave();
    };
  }, [client, taskId]);
  return threads;
}
