import { Ban, CircleCheck, CircleHelp, CircleX, Forward, Hourglass, type LucideIcon } from 'lucide-react';
import { memo, useEffect, useRef, useState } from 'react';
import {
  isOpenDecision,
  isVerdict,
  type DecisionRequestView,
  type DecisionStatus,
  type WorkspaceRights,
} from '#libs/contracts';
import { dateWords, type Tone } from '#libs/content';
import { useWords } from '../app/words.js';
import { Chip, classes } from '../kit/index.js';
import { useRoomTools } from '../room/room-tools.js';
import { useChanged } from '../room/use-changed.js';
import { AskerBar } from './asker-bar.js';
import { ClockNotes, Due } from './clock.js';
import { DeciderBar } from './decider-bar.js';
import { decidedByWords, postName, waitsForReader } from './decisions.js';
import { UndoBar } from './undo-bar.js';
import styles from './decisions.module.css';

const LOOKS: Record<DecisionStatus, { tone: Tone; icon: LucideIcon }> = {
  PENDING: { tone: 'decision', icon: Hourglass },
  APPROVED: { tone: 'good', icon: CircleCheck },
  APPROVED_WITH_NOTE: { tone: 'good', icon: CircleCheck },
  REJECTED: { tone: 'trouble', icon: CircleX },
  WITHDRAWN: { tone: 'quiet', icon: Ban },
  CLARIFICATION_REQUESTED: { tone: 'attention', icon: CircleHelp },
  FORWARDED: { tone: 'decision', icon: Forward },
  SUPERSEDED: { tone: 'quiet', icon: Ban },
};

/** One request with all that is needed to decide it, and what became of it. */
export const DecisionCard = memo(function DecisionCard({
  decision,
  titles,
  rights,
  chosen,
  onReplace,
}: {
  decision: DecisionRequestView;
  titles: ReadonlyMap<string, string>;
  rights: WorkspaceRights;
  chosen: boolean;
  onReplace: (old: DecisionRequestView) => void;
}) {
  const words = useWords();
  const { decision: say } = words.workspace;
  const { reader } = useRoomTools();
  const [option, setOption] = useState<string | null>(null);
  const card = useRef<HTMLLIElement>(null);
  const tint = useChanged(`${decision.status} ${decision.decidedAt}`);
  const mine = waitsForReader(decision, rights, reader.id);
  const { tone, icon } = LOOKS[decision.status];
  const isOver = !isOpenDecision(decision.status);

  useEffect(() => {
    if (chosen) card.current?.scrollIntoView({ block: 'start' });
  }, [chosen]);

  return (
    <li
      ref={card}
      className={classes(styles.card, chosen && styles.chosen)}
      data-decision={decision.id}
      data-status={decision.status}
    >
      <div className={styles.head}>
        <Chip tone={tone} icon={icon} tint={tint}>
          {say.statuses[decision.status]}
        </Chip>
        <Due decision={decision} />
      </div>
      <h3 className={styles.title} dir="auto">
        {decision.title}
      </h3>
      {decision.question && <Folded text={decision.question} />}
      {isOver || decision.status === 'CLARIFICATION_REQUESTED' ? <Said decision={decision} /> : null}
      <dl className={styles.facts}>
        {decision.recommendation && (
          <Fact
            name={`${say.recommendation} (${decision.requestedBy.name})`}
            text={decision.recommendation}
          />
        )}
        {decision.consequence && !isOver && <Fact name={say.consequence} text={decision.consequence} />}
        {decision.basis && <Fact name={say.basis} text={decision.basis} />}
        {decision.clarification?.answer && (
          <Fact
            name={`${say.answer} (${decision.clarification.answeredBy?.name ?? ''})`}
            text={`${decision.clarification.question}\n${decision.clarification.answer}`}
          />
        )}
      </dl>
      {!rights.readDecisions && <p className={styles.muted}>{say.hidden}</p>}
      <Options decision={decision} pick={mine ? setOption : null} option={option} />
      <Facts decision={decision} titles={titles} mine={mine} />
      {mine ? (
        <DeciderBar decision={decision} option={option} />
      ) : (
        <UndoBar key={decision.decidedAt} decision={decision} />
      )}
      {!mine && <AskerBar decision={decision} rights={rights} onReplace={onReplace} />}
    </li>
  );
});

/** Who decides, who asked; and what the request has to do with others. */
function Facts({
  decision,
  titles,
  mine,
}: {
  decision: DecisionRequestView;
  titles: ReadonlyMap<string, string>;
  /** It waits for the reader, who need not be told so. */
  mine: boolean;
}) {
  const words = useWords();
  const { decision: say } = words.workspace;
  const dates = dateWords(words.language);
  const { status, post, decider, requestedBy, requestedAt, forwards, supersedes, supersededBy } = decision;
  const open = isOpenDecision(status);
  const title = (id: string) => titles.get(id) ?? '';
  return (
    <div className={styles.muted}>
      {open && !mine && (
        <p>
          {say.decider}: {post ? `${postName(post.role, post.opd, words.workspace)}, ` : ''}
          <bdi>{decider.name}</bdi>
        </p>
      )}
      <p>
        {say.requestedBy(requestedBy.name, dates.short(requestedAt))}
        {forwards > 0 && ` · ${say.forwards(forwards)}`}
      </p>
      <ClockNotes decision={decision} />
      {supersedes !== null && (
        <p>
          {(isVerdict(status) && decision.effective ? say.supersedesOther : say.replaces)(title(supersedes))}
        </p>
      )}
      {supersededBy !== null && <p>{say.supersededBy(title(supersededBy))}</p>}
    </div>
  );
}

/** What the decider said, by whom and in whose place. */
function Said({ decision }: { decision: DecisionRequestView }) {
  const words = useWords();
  const { decision: say } = words.workspace;
  const dates = dateWords(words.language);
  const { status, outcome, note, chosenOption, decidedAt, decidedBy } = decision;
  return (
    <div className={styles.said}>
      {status === 'SUPERSEDED' && outcome && <p>{say.formerly(say.statuses[outcome])}</p>}
      {chosenOption && (
        <p>
          {say.chosen}: <strong dir="auto">{chosenOption}</strong>
        </p>
      )}
      {decision.decision && <p dir="auto">{decision.decision}</p>}
      {note && (
        <p className={styles.text}>
          {outcome === 'REJECTED'
            ? say.reason
            : outcome === 'CLARIFICATION_REQUESTED'
              ? say.question
              : say.note}
          : <bdi>{note}</bdi>
        </p>
      )}
      {decidedAt && decidedBy && (
        <p className={styles.by}>
          {say.decidedBy(decidedByWords(decision, words.workspace), dates.short(decidedAt))}
        </p>
      )}
    </div>
  );
}

function Options({
  decision: { id, options, chosenOption },
  pick,
  option,
}: {
  decision: DecisionRequestView;
  pick: ((option: string | null) => void) | null;
  option: string | null;
}) {
  const { decision: say } = useWords().workspace;
  if (options.length === 0) return null;
  if (!pick)
    return (
      <div>
        <p className={styles.label}>{say.options}</p>
        <ul className={styles.list}>
          {options.map((one) => (
            <li key={one} dir="auto" className={one === chosenOption ? styles.taken : undefined}>
              {one}
            </li>
          ))}
        </ul>
      </div>
    );
  return (
    <fieldset className={styles.options}>
      <legend>{say.pickOption}</legend>
      {options.map((one, at) => (
        <label
          key={one}
          htmlFor={`${id}-${at}`}
          className={classes(styles.option, one === option && styles.picked)}
        >
          <input
            id={`${id}-${at}`}
            type="checkbox"
            checked={one === option}
            onChange={() => pick(one === option ? null : one)}
          />
          <span dir="auto">{one}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Fact({ name, text }: { name: string; text: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <Folded text={text} />
      </dd>
    </div>
  );
}

const LONG = 150;

/** Long words are folded, so that the buttons stay in sight. */
function Folded({ text }: { text: string }) {
  const { decision: say } = useWords().workspace;
  const [open, setOpen] = useState(false);
  const long = text.length > LONG;
  return (
    <>
      <p className={classes(styles.text, long && !open && styles.folded)}>{text}</p>
      {long && (
        <button type="button" className={styles.unfold} aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? say.showLess : say.showAll}
        </button>
      )}
    </>
  );
}
