import { CircleCheck, CircleDot, CircleHelp, Gavel, Hourglass, Undo2, type LucideIcon } from 'lucide-react';
import { memo, useCallback, useEffect, useRef, useState } from 'react';
import {
  stepsFrom,
  type HandoverStatus,
  type HandoverStep,
  type HandoverView,
  type OpdRef,
} from '#libs/contracts';
import { dateWords, errorWords, jakartaDay, type Tone } from '#libs/content';
import { useConnection } from '../app/live.js';
import { useWords } from '../app/words.js';
import { Banner, Button, Chip, classes, Time } from '../kit/index.js';
import { useRoomTools } from '../room/room-tools.js';
import { useChanged } from '../room/use-changed.js';
import { useOutcome } from '../room/use-outcome.js';
import { Chain } from './chain.js';
import { StepDialog } from './step-dialog.js';
import styles from './handovers.module.css';

const LOOKS: Record<HandoverStatus, { tone: Tone; icon: LucideIcon }> = {
  OFFERED: { tone: 'decision', icon: Hourglass },
  ASKED: { tone: 'attention', icon: CircleHelp },
  HELD: { tone: 'running', icon: CircleDot },
  RETURNED: { tone: 'attention', icon: Undo2 },
  WITH_SEKDA: { tone: 'decision', icon: Gavel },
  DONE: { tone: 'good', icon: CircleCheck },
};

/** A piece of work: who holds it since when, what was said last, and the next step for whoever may take it. */
export const HandoverCard = memo(function HandoverCard({
  handover,
  units,
  mine,
  hidden,
  chosen,
}: {
  handover: HandoverView;
  /** Units that take part. */
  units: readonly OpdRef[];
  /** The reader may take the next step. */
  mine: boolean;
  /** The reader may not read what it is about. */
  hidden: boolean;
  chosen: boolean;
}) {
  const words = useWords();
  const { handover: say } = words.workspace;
  const dates = dateWords(words.language);
  const card = useRef<HTMLLIElement>(null);
  const { title, what, status, holder, heldSince, last, returns, dueDate } = handover;
  const tint = useChanged(`${last.no}`);
  const [isOpen, setOpen] = useState(false);
  const { tone, icon } = LOOKS[status];
  const isDone = status === 'DONE';
  const isLate = !isDone && dueDate < jakartaDay();
  useEffect(() => {
    if (chosen) card.current?.scrollIntoView({ block: 'start' });
  }, [chosen]);
  return (
    <li ref={card} className={classes(styles.card, chosen && styles.chosen)} data-status={status}>
      <div className={styles.head}>
        <Chip tone={tone} icon={icon} tint={tint}>
          {say.statuses[status]}
        </Chip>
        <span className={isLate ? styles.late : styles.due}>
          {(isLate ? say.late : say.due)(dates.shortDay(dueDate))}
        </span>
      </div>
      <h3 className={styles.text} dir="auto">
        {title}
      </h3>
      <p className={styles.holder}>
        {isDone ? (
          say.doneBy(holder.name, dates.full(last.at))
        ) : (
          <>
            {say.heldBy(holder.name, dates.full(heldSince))} (<Time at={heldSince} />)
          </>
        )}
      </p>
      {hidden ? (
        <p className={styles.muted}>{say.hidden}</p>
      ) : (
        <p className={styles.text} dir="auto">
          {what}
        </p>
      )}
      {last.note && (
        <p className={classes(styles.said, styles.text)}>
          {say.words[last.step]} ({last.by.name}): <bdi>{last.note}</bdi>
        </p>
      )}
      {returns > 0 && !isDone && <p className={styles.muted}>{say.returns(returns)}</p>}
      {!mine && !isDone && (
        <p className={styles.muted}>
          {status === 'WITH_SEKDA' ? say.onlySekda : say.onlyHolder(holder.abbreviation)}
        </p>
      )}
      {mine && <StepBar handover={handover} units={units} />}
      <button
        type="button"
        className={styles.unfold}
        aria-expanded={isOpen}
        aria-label={say.chainOf(title)}
        onClick={() => setOpen(!isOpen)}
      >
        {say.chain}
      </button>
      {isOpen && <Chain handover={handover} />}
    </li>
  );
});

/** Not without a network: somebody else may have taken the step meanwhile. */
function StepBar({ handover, units }: { handover: HandoverView; units: readonly OpdRef[] }) {
  const words = useWords();
  const { handover: say } = words.workspace;
  const { room } = useRoomTools();
  const online = useConnection().state === 'online';
  const { outcome, follow } = useOutcome(room);
  const [asking, setAsking] = useState<HandoverStep | null>(null);
  const close = useCallback(() => setAsking(null), []);
  const busy = outcome.state === 'sending' || !online;
  const take = (step: HandoverStep) => {
    if (step === 'ACCEPTED') follow(room.send('handover.move', { handoverId: handover.id, step }));
    else setAsking(step);
  };
  return (
    <div className={styles.bar}>
      {!online && <Banner tone="attention">{say.offline}</Banner>}
      {outcome.state === 'refused' && <Banner tone="trouble">{errorWords(outcome.error, words)}</Banner>}
      {stepsFrom(handover.status).map((step, i) => (
        <Button
          key={step}
          look={i === 0 ? 'primary' : 'secondary'}
          busy={busy}
          aria-label={say.stepOf(say.steps[step], handover.title)}
          onClick={() => take(step)}
        >
          {say.steps[step]}
        </Button>
      ))}
      {asking && <StepDialog handover={handover} step={asking} units={units} onClose={close} />}
    </div>
  );
}
