import { Link } from '@tanstack/react-router';
import { History, X } from 'lucide-react';
import { useWords } from '../app/words.js';
import { Button, buttonClass, Time } from '../kit/index.js';
import { useRoomTools } from '../room/room-tools.js';
import type { Visit } from './use-visit.js';
import styles from './catch-up.module.css';

/** One calm line on top of a workspace: how much is new, the way to it, and away with it. */
export function VisitNotice({ visit, threadId }: { visit: Visit; threadId: string | null }) {
  const { catchUp: say } = useWords().workspace;
  const { taskId } = useRoomTools();
  const { first, since } = visit.view;
  return (
    <section className={styles.notice} aria-label={first ? say.start : say.look}>
      <History size={20} aria-hidden="true" />
      <p className={styles.noticeText}>
        {first ? (
          say.bannerFirst
        ) : (
          <>
            <strong>{say.banner(visit.items.length)}</strong>{' '}
            {since !== null && (
              <span className={styles.ago}>
                (<Time at={since} />)
              </span>
            )}
          </>
        )}
      </p>
      <span className={styles.noticeWay}>
        <Link
          to="/tugas/$taskId"
          params={{ taskId }}
          search={{ tab: 'kejar', ...(threadId !== null && { topik: threadId }) }}
          resetScroll={false}
          className={buttonClass('secondary', true)}
        >
          {first ? say.start : say.look}
        </Link>
      </span>
      <Button look="quiet" small square aria-label={say.dismiss} onClick={visit.dismiss}>
        <X size={20} aria-hidden="true" />
      </Button>
    </section>
  );
}
