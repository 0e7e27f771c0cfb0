import { type FormEvent, useCallback, useId, useState } from 'react';
import {
  addDays,
  LIMITS,
  normalizeText,
  type Day,
  type DecisionRequestView,
  type FieldProblem,
} from '#libs/contracts';
import { errorWords, fieldWords, jakartaDay } from '#libs/content';
import { useWords } from '../app/words.js';
import { DayField } from '../kit/day-field.js';
import { Banner, Button, Dialog, TextArea } from '../kit/index.js';
import { typedDay } from '../kit/typed-day.js';
import { useRoomTools } from '../room/room-tools.js';
import { useDraft } from '../room/use-draft.js';
import { useWish } from '../room/use-wish.js';
import { writtenProblem } from '../room/written-problem.js';
import panels from '../room/panels.module.css';
import styles from './decisions.module.css';

/** More time for a question, with the reason that all can read; the first day stays visible. */
export function ExtendDialog({ decision, onClose }: { decision: DecisionRequestView; onClose: () => void }) {
  const words = useWords();
  const { decision: say } = words.workspace;
  const { reader, taskId } = useRoomTools();
  const { draft, change, clear } = useDraft(reader.id, taskId, `decision.extend-${decision.id}`);
  const [day, setDay] = useState('');
  const [problems, setProblems] = useState<{ day?: FieldProblem['rule']; reason?: string }>({});
  const form = useId();
  const done = useCallback(() => {
    clear();
    onClose();
  }, [clear, onClose]);
  const { room, follow, sending, refusal, reset } = useWish(done);
  const today = jakartaDay();
  const from = decision.dueDate !== null && decision.dueDate > today ? decision.dueDate : today;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (sending) return;
    const wrong = writtenProblem(draft.text, { max: LIMITS.note });
    const until = typedDay(day);
    const wrongDay = dayProblem(day, until, from, decision.dueDate);
    setProblems({
      ...(wrongDay && { day: wrongDay }),
      ...(wrong && { reason: fieldWords(wrong, say.extendReason, words) }),
    });
    if (wrong || wrongDay || until === null) return;
    follow(
      room.send('decision.extend', {
        ...{ decisionId: decision.id, dueDate: until, reason: normalizeText(draft.text) },
      }),
    );
  };
  const edit = (set: () => void) => {
    set();
    setProblems({});
    if (!sending) reset();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={say.extend}
      actions={
        <>
          <Button onClick={onClose}>{say.cancel}</Button>
          <Button type="submit" form={form} look="primary" busy={sending}>
            {sending ? say.sending : say.extend}
          </Button>
        </>
      }
    >
      <form id={form} className={panels.form} onSubmit={submit} noValidate>
        <p dir="auto">{decision.title}</p>
        <DayField
          label={say.extendUntil}
          error={problems.day && fieldWords({ rule: problems.day }, say.extendUntil, words)}
          value={day}
          onChange={(picked) => edit(() => setDay(picked))}
          shortcuts={[
            { label: say.daysMore(3), day: addDays(from, 3) },
            { label: say.daysMore(7), day: addDays(from, 7) },
          ]}
        />
        <TextArea
          label={say.extendReason}
          hint={say.noteHint}
          error={problems.reason}
          max={LIMITS.note}
          rows={3}
          dir="auto"
          value={draft.text}
          onChange={(event) => edit(() => change({ text: event.target.value }))}
        />
        <p className={styles.muted}>{say.extendKeeps}</p>
        {refusal && <Banner tone="trouble">{errorWords(refusal, words)}</Banner>}
      </form>
    </Dialog>
  );
}

function dayProblem(
  typed: string,
  day: Day | null,
  from: Day,
  before: Day | null,
): FieldProblem['rule'] | undefined {
  if (typed.trim() === '') return 'required';
  if (day === null) return 'not-a-date';
  return day < from || day === before ? 'out-of-range' : undefined;
}
