import { Ban, CircleCheck, CircleHelp, CircleX, Forward, Hourglass, type LucideIcon } from 'lucide-react';
import { useMemo } from 'react';
import { isOpenDecision, type DecisionRequestView, type DecisionStatus } from '#libs/contracts';
import { dateWords, type Tone } from '#libs/content';
import { useWords } from '../app/words.js';
import { Chip, EmptyState } from '../kit/index.js';
import styles from '../room/panels.module.css';

const LOOKS: Record<DecisionStatus, { tone: Tone; icon: LucideIcon }> = {
  PENDING: { tone: 'decision', icon: Hourglass },
  APPROVED: { tone: 'good', icon: CircleCheck },
  APPROVED_WITH_NOTE: { tone: 'good', icon: CircleCheck },
  REJECTED: { tone: 'trouble', icon: CircleX },
  WITHDRAWN: { tone: 'quiet', icon: Ban },
  CLARIFICATION_REQUESTED: { tone: 'attention', icon: CircleHelp },
  FORWARDED: { tone: 'running', icon: Forward },
  SUPERSEDED: { tone: 'quiet', icon: Ban },
};

/** What was asked, of whom, by when, and what came of it. */
export function DecisionsTab({ decisions }: { decisions: readonly DecisionRequestView[] }) {
  const { decision: say } = useWords().workspace;
  const groups = useMemo(() => {
    const open = decisions.filter(({ status }) => isOpenDecision(status));
    const settled = decisions.filter(({ status }) => !isOpenDecision(status));
    open.sort((a, b) => (a.dueDate ?? '9999').localeCompare(b.dueDate ?? '9999'));
    settled.sort((a, b) => (b.decidedAt ?? b.requestedAt).localeCompare(a.decidedAt ?? a.requestedAt));
    return { open, settled };
  }, [decisions]);
  if (decisions.length === 0) return <EmptyState title={say.none} />;
  return (
    <div className={styles.column}>
      <Group title={say.waitingFirst} decisions={groups.open} />
      <Group title={say.settled} decisions={groups.settled} />
    </div>
  );
}

function Group({ title, decisions }: { title: string; decisions: readonly DecisionRequestView[] }) {
  if (decisions.length === 0) return null;
  return (
    <section className={styles.group}>
      <h2>{title}</h2>
      <ul role="list" className={styles.cards}>
        {decisions.map((decision) => (
          <Decision key={decision.id} decision={decision} />
        ))}
      </ul>
    </section>
  );
}

function Decision({ decision }: { decision: DecisionRequestView }) {
  const words = useWords();
  const { decision: say } = words.workspace;
  const dates = dateWords(words.language);
  const { status, decider, requestedBy, dueDate, options } = decision;
  const { tone, icon } = LOOKS[status];
  return (
    <li className={styles.card}>
      <div className={styles.cardHead}>
        <h3 dir="auto">{decision.title}</h3>
        <Chip tone={tone} icon={icon}>
          {say.statuses[status]}
        </Chip>
      </div>
      <p dir="auto">{decision.question}</p>
      {options.length > 0 && (
        <div>
          <p className={styles.label}>{say.options}</p>
          <ul className={styles.options}>
            {options.map((option) => (
              <li key={option} dir="auto">
                {option}
              </li>
            ))}
          </ul>
        </div>
      )}
      <dl className={styles.facts}>
        <div>
          <dt>{say.decider}</dt>
          <dd>
            <bdi>{decider.name}</bdi>
            {decider.opd && `, ${decider.opd}`}
          </dd>
        </div>
        {decision.decision && (
          <div>
            <dt>{say.result}</dt>
            <dd dir="auto">{decision.decision}</dd>
          </div>
        )}
        {decision.basis && (
          <div>
            <dt>{say.basis}</dt>
            <dd dir="auto">{decision.basis}</dd>
          </div>
        )}
      </dl>
      <p className={styles.muted}>
        {say.requestedBy(requestedBy.name, dates.short(decision.requestedAt))}
        {decision.decidedAt
          ? ` · ${say.decidedAt(dates.short(decision.decidedAt))}`
          : dueDate && ` · ${say.due(dates.shortDay(dueDate))}`}
      </p>
    </li>
  );
}
