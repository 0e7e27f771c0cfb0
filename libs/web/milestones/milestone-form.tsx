import { ChevronDown } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { LIMITS, type MilestoneView, normalizeText, textProblem } from '#libs/contracts';
import { fieldWords } from '#libs/content';
import { useWords } from '../app/words.js';
import { Button, Select, TextArea } from '../kit/index.js';
import { SETTABLE } from './milestones.js';
import { useRoomTools } from '../room/room-tools.js';
import { useDraft } from '../room/use-draft.js';
import styles from '../room/panels.module.css';

interface FormProps {
  milestone: MilestoneView;
  /** The reader decides what citizens see of it. */
  mayShow: boolean;
}

/** All four statuses of a milestone, a note and what citizens see, for those who need more than the tick. */
export function MilestoneForm({ milestone, mayShow }: FormProps) {
  const { milestone: say } = useWords().workspace;
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  return (
    <div className={styles.change}>
      <button
        ref={button}
        type="button"
        className={styles.disclose}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={say.changeLabel(milestone.title)}
        onClick={() => setOpen(!open)}
      >
        {say.change}
        <ChevronDown size={18} aria-hidden="true" />
      </button>
      {open && (
        <div id={id}>
          <OpenForm
            milestone={milestone}
            mayShow={mayShow}
            onDone={() => {
              setOpen(false);
              button.current?.focus();
            }}
          />
        </div>
      )}
    </div>
  );
}

function OpenForm({ milestone, mayShow, onDone }: FormProps & { onDone: () => void }) {
  const words = useWords();
  const { milestone: say } = words.workspace;
  const { room, reader, taskId } = useRoomTools();
  const note = useDraft(reader.id, taskId, `milestone-${milestone.id}`);
  const [status, setStatus] = useState(SETTABLE.find((one) => one === milestone.status) ?? 'IN_PROGRESS');
  const [shown, setShown] = useState(milestone.public);
  const hintId = useId();
  const [problem, setProblem] = useState<string | null>(null);

  const save = () => {
    const text = note.draft.text;
    const wrong = textProblem(text, { max: LIMITS.note, optional: true });
    if (wrong) {
      setProblem(fieldWords(wrong, say.note, words));
      return;
    }
    const written = normalizeText(text);
    if (status === milestone.status && written === '' && shown === milestone.public) {
      setProblem(say.unchanged);
      return;
    }
    room.send('milestone.change', {
      milestoneId: milestone.id,
      status,
      ...(written === '' ? {} : { note: written }),
      ...(shown === milestone.public ? {} : { public: shown }),
    });
    note.clear();
    onDone();
  };

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Select
        label={say.status}
        choices={SETTABLE.map((value) => ({ value, label: say.statuses[value] }))}
        value={status}
        onPick={(picked) => {
          setStatus(picked);
          setProblem(null);
        }}
      />
      <TextArea
        label={say.noteOptional}
        error={problem}
        max={LIMITS.note}
        rows={2}
        dir="auto"
        value={note.draft.text}
        onChange={(event) => {
          note.change({ text: event.target.value });
          setProblem(null);
        }}
      />
      {mayShow && (
        <div>
          <label className={styles.check}>
            <input
              type="checkbox"
              aria-describedby={hintId}
              checked={shown}
              onChange={(event) => {
                setShown(event.target.checked);
                setProblem(null);
              }}
            />
            {say.show}
          </label>
          <p id={hintId} className={styles.muted}>
            {say.showHint}
          </p>
        </div>
      )}
      <div className={styles.actions}>
        <Button type="submit" look="primary">
          {say.save}
        </Button>
        <Button look="quiet" onClick={onDone}>
          {say.cancel}
        </Button>
      </div>
    </form>
  );
}
