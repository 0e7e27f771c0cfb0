import { Check, Eye } from 'lucide-react';
import { memo, useEffect, useMemo, useRef } from 'react';
import type { MilestoneStatus, MilestoneView, TaskOpdView, WorkspaceRights } from '#libs/contracts';
import type { PendingCommand } from '#libs/client';
import { dateWords, jakartaDay, type Tone } from '#libs/content';
import { useWords } from '../app/words.js';
import { Chip, classes, EmptyState } from '../kit/index.js';
import { MilestoneForm } from './milestone-form.js';
import { daysLate, isDone, mayChange, milestoneProgress, pendingChanges } from './milestones.js';
import { AddMilestone, Planning } from './planning.js';
import { PendingState } from '../room/pending-state.js';
import { useRoomTools } from '../room/room-tools.js';
import { useChanged } from '../room/use-changed.js';
import styles from '../room/panels.module.css';

const TONES: Record<MilestoneStatus, Tone> = {
  NOT_STARTED: 'neutral',
  IN_PROGRESS: 'running',
  DONE: 'good',
  STOPPED: 'quiet',
  VERIFIED: 'good',
  PARTLY_DONE: 'running',
  RETURNED: 'attention',
  REOPENED: 'running',
};

/** The milestones of the task: who answers for each, by when, and how far it is. */
export function MilestonesTab({
  milestones,
  opds,
  rights,
  pending,
}: {
  milestones: readonly MilestoneView[];
  opds: readonly TaskOpdView[];
  rights: WorkspaceRights;
  pending: readonly PendingCommand[];
}) {
  const { milestone: say } = useWords().workspace;
  const changes = useMemo(() => pendingChanges(pending), [pending]);
  const { done, total } = milestoneProgress(milestones);
  const mayAny = milestones.some((milestone) => mayChange(rights, milestone));
  const plans = rights.milestones === 'all';
  const add = plans && <AddMilestone milestones={milestones} opds={opds} pending={pending} />;
  if (milestones.length === 0) return <EmptyState title={say.none} action={add} />;
  return (
    <div className={styles.column}>
      <div className={styles.progress}>
        <p>
          <strong>{say.progress(done, total)}</strong>
        </p>
        <span className={styles.track} aria-hidden="true">
          <span className={styles.filled} style={{ width: `${total === 0 ? 0 : (done / total) * 100}%` }} />
        </span>
        {!mayAny && <p className={styles.muted}>{say.reader}</p>}
      </div>
      <ol role="list" className={styles.milestones}>
        {milestones.map((milestone) => (
          <Milestone
            key={milestone.id}
            milestone={milestone}
            may={mayChange(rights, milestone)}
            mayShow={rights.milestones === 'all'}
            change={changes.get(milestone.id) ?? null}
            milestones={milestones}
            opds={opds}
          />
        ))}
      </ol>
      {add}
    </div>
  );
}

const Milestone = memo(function Milestone({
  milestone,
  may,
  mayShow,
  change,
  milestones,
  opds,
}: {
  milestone: MilestoneView;
  may: boolean;
  /** The lead: what citizens see, and the plan. */
  mayShow: boolean;
  change: PendingCommand<'milestone.change'> | null;
  milestones: readonly MilestoneView[];
  opds: readonly TaskOpdView[];
}) {
  const words = useWords();
  const { milestone: say } = words.workspace;
  const { room, say: tell } = useRoomTools();
  const dates = dateWords(words.language);
  const tint = useChanged(milestone.status);

  const last = useRef(milestone.status);
  useEffect(() => {
    if (last.current === milestone.status) return;
    last.current = milestone.status;
    tell(say.announced(milestone.title, say.statuses[milestone.status]));
  }, [milestone.status, milestone.title, say, tell]);

  // What the reader wished is shown at once; its state stands beside it until it is everybody's.
  const onItsWay = change !== null && (change.state === 'queued' || change.state === 'sending');
  const status = onItsWay ? change.data.status : milestone.status;
  const done = isDone(status);
  const before = milestones.find(
    ({ id, status: how }) => id === milestone.after && !isDone(how) && how !== 'STOPPED',
  );
  const late = daysLate(milestone, jakartaDay());
  return (
    <li className={classes(styles.milestone, done && styles.finished)} data-milestone={milestone.status}>
      <button
        type="button"
        role="checkbox"
        aria-checked={done}
        aria-label={say.tick(milestone.title)}
        disabled={!may}
        className={styles.tick}
        onClick={() =>
          room.send('milestone.change', { milestoneId: milestone.id, status: done ? 'IN_PROGRESS' : 'DONE' })
        }
      >
        <span className={styles.box}>{done && <Check size={20} strokeWidth={3} aria-hidden="true" />}</span>
      </button>
      <div className={styles.what}>
        <h3 dir="auto">{milestone.title}</h3>
        <p className={styles.line}>
          <Chip tone={TONES[status]} tint={tint}>
            {say.statuses[status]}
          </Chip>
          <span title={milestone.opd.name}>{milestone.opd.abbreviation}</span>
          <span className={styles.muted}>
            {isDone(milestone.status) && milestone.completedOn
              ? say.completed(dates.shortDay(milestone.completedOn))
              : milestone.dueDate
                ? say.due(dates.shortDay(milestone.dueDate))
                : say.noDue}
          </span>
          {late > 0 && <span className={styles.late}>{say.late(late)}</span>}
          {milestone.public && (
            <span className={styles.public}>
              <Eye size={16} aria-hidden="true" />
              {say.public}
            </span>
          )}
        </p>
        {before && (
          <p className={styles.waits}>{done ? say.tickedEarly(before.title) : say.waits(before.title)}</p>
        )}
        {milestone.note && (
          <p className={styles.note} dir="auto">
            {milestone.note}
          </p>
        )}
        {change && <PendingState command={change} text={change.data.note} />}
      </div>
      {may && <MilestoneForm milestone={milestone} mayShow={mayShow} />}
      {mayShow && <Planning milestone={milestone} milestones={milestones} opds={opds} />}
    </li>
  );
});
