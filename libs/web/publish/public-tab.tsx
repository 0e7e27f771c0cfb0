import { CircleCheck, CornerDownLeft, Eye, Hourglass, type LucideIcon } from 'lucide-react';
import { useMemo } from 'react';
import type { PublicUpdateStatus, PublicUpdateView, TaskView } from '#libs/contracts';
import type { PendingCommand } from '#libs/client';
import { dateWords, type Tone } from '#libs/content';
import { useWords } from '../app/words.js';
import { Banner, Button, Chip, EmptyState } from '../kit/index.js';
import { PendingState } from '../room/pending-state.js';
import { PublicForm } from './public-form.js';
import { PublicLink } from './public-link.js';
import { usePublicPath } from './use-public-path.js';
import { useRoomTools } from '../room/room-tools.js';
import { useDraft } from '../room/use-draft.js';
import styles from '../room/panels.module.css';

const LOOKS: Record<PublicUpdateStatus, { tone: Tone; icon: LucideIcon }> = {
  PENDING: { tone: 'attention', icon: Hourglass },
  APPROVED: { tone: 'good', icon: CircleCheck },
  RETURNED: { tone: 'trouble', icon: CornerDownLeft },
};

/** What citizens are told: the team lead writes, the PPID checks, then it appears. */
export function PublicTab({
  task,
  updates,
  pending,
  mayDraft,
}: {
  task: TaskView;
  updates: readonly PublicUpdateView[];
  pending: readonly PendingCommand[];
  mayDraft: boolean;
}) {
  const words = useWords();
  const { public: say } = words.workspace;
  const { reader, taskId } = useRoomTools();
  const dates = dateWords(words.language);
  const path = usePublicPath(task);
  const kept = useDraft(reader.id, taskId, 'public-update');
  const newest = useMemo(
    () => [...updates].sort((a, b) => b.draftedAt.localeCompare(a.draftedAt)),
    [updates],
  );
  const waiting = pending.filter((command) => command.type === 'public-update.draft');

  return (
    <div className={styles.column}>
      <p className={styles.lead}>{say.intro}</p>
      {path !== null && <PublicLink path={path} />}
      {!task.published && <Banner>{say.notPublished}</Banner>}
      {mayDraft ? <PublicForm kept={kept} /> : <p className={styles.muted}>{say.onlyLead}</p>}
      {newest.length === 0 && waiting.length === 0 && <EmptyState title={say.none} />}
      <ul role="list" className={styles.cards}>
        {waiting.map((command) => (
          <li key={command.commandId} className={styles.card}>
            <p dir="auto" className={styles.text}>
              {command.data.body}
            </p>
            <PendingState command={command} text={command.data.body} />
          </li>
        ))}
        {newest.map((update) => (
          <li key={update.id} className={styles.card} data-update={update.status}>
            <div className={styles.cardHead}>
              <Chip tone={LOOKS[update.status].tone} icon={LOOKS[update.status].icon}>
                {say.statuses[update.status]}
              </Chip>
              {update.status === 'APPROVED' && (
                <span className={styles.public}>
                  <Eye size={16} aria-hidden="true" />
                  {words.workspace.milestone.public}
                </span>
              )}
            </div>
            <p dir="auto" className={styles.text}>
              {update.body}
            </p>
            {update.reason && <p className={styles.reason}>{say.reason(update.reason)}</p>}
            <p className={styles.muted}>
              {say.drafted(update.draftedBy.name, dates.short(update.draftedAt))}
              {update.reviewedBy &&
                update.reviewedAt &&
                ` · ${say.reviewed(update.reviewedBy.name, dates.short(update.reviewedAt))}`}
            </p>
            {mayDraft && update.status === 'RETURNED' && kept.draft.text === '' && (
              <div>
                <Button
                  small
                  onClick={() => {
                    kept.change({ text: update.body });
                    document.querySelector<HTMLElement>('[data-field="public"]')?.focus();
                  }}
                >
                  {say.rewrite}
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
