import { Link, type LinkProps } from '@tanstack/react-router';
import { House, LayoutDashboard, ListChecks, type LucideIcon, Megaphone } from 'lucide-react';
import type { SessionView } from '#libs/contracts';
import { holds } from '../app/session.js';
import { useWords } from '../app/words.js';
import styles from './shell.module.css';

interface Place {
  to: LinkProps['to'];
  label: string;
  icon: LucideIcon;
  exact: boolean;
}

/** The places this person has: a rail on a PC, a bar at the bottom on a phone. */
export function Places({ session }: { session: SessionView }) {
  const words = useWords();
  const { places } = words.shell;
  const list: Place[] = [
    { to: '/', label: places.home, icon: House, exact: true },
    { to: '/tugas', label: places.tasks, icon: ListChecks, exact: false },
  ];
  if (session.boards.length > 0)
    list.push({ to: '/pantauan', label: places.board, icon: LayoutDashboard, exact: false });
  if (holds(session.roles, 'PPID'))
    list.push({ to: '/tayang', label: places.publish, icon: Megaphone, exact: false });

  return (
    <nav aria-label={words.shell.navigation} className={styles.places}>
      <ul role="list">
        {list.map(({ to, label, icon: Icon, exact }) => (
          <li key={label}>
            <Link
              to={to}
              activeOptions={{ exact }}
              className={styles.place}
              activeProps={{ className: styles.active }}
            >
              <Icon size={22} aria-hidden="true" />
              <span>{label}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
