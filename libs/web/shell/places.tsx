import { Link, type LinkProps } from '@tanstack/react-router';
import { House, Inbox, LayoutDashboard, ListChecks, type LucideIcon, Megaphone } from 'lucide-react';
import type { SessionView } from '#libs/contracts';
import type { SimpulClient } from '#libs/client';
import { useInbox } from '../app/live.js';
import { holds } from '../app/session.js';
import { useWords } from '../app/words.js';
import styles from './shell.module.css';

interface Place {
  to: LinkProps['to'];
  label: string;
  icon: LucideIcon;
  exact: boolean;
  /** Things in it that wait. */
  count?: number;
}

/** The places this person has: a rail on a PC, a bar at the bottom on a phone. */
export function Places({ session, client }: { session: SessionView; client: SimpulClient | null }) {
  const words = useWords();
  const { counts } = useInbox(client).view;
  const { places } = words.shell;
  const list: Place[] = [
    { to: '/', label: places.home, icon: House, exact: true },
    { to: '/kotak-masuk', label: places.inbox, icon: Inbox, exact: false, count: counts.action },
    { to: '/tugas', label: places.tasks, icon: ListChecks, exact: false },
  ];
  if (session.boards.length > 0)
    list.push({ to: '/pantauan', label: places.board, icon: LayoutDashboard, exact: false });
  if (holds(session.roles, 'PPID'))
    list.push({ to: '/tayang', label: places.publish, icon: Megaphone, exact: false });

  return (
    <nav aria-label={words.shell.navigation} className={styles.places}>
      <ul role="list">
        {list.map(({ to, label, icon: Icon, exact, count = 0 }) => (
          <li key={label}>
            <Link
              to={to}
              activeOptions={{ exact }}
              className={styles.place}
              activeProps={{ className: styles.active }}
            >
              <Icon size={22} aria-hidden="true" />
              <span>{label}</span>
              {count > 0 && (
                <span className={styles.count}>
                  {count > 99 ? '99+' : count}
                  <span className="visually-hidden"> {words.shell.waiting}</span>
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
