import { type FormEvent, useEffect, useId, useState } from 'react';
import { LIMITS, normalizeText, type MilestoneView, type TaskOpdView } from '#libs/contracts';
import { errorWords, fieldErrors, fieldWords } from '#libs/content';
import { useConnection } from '../app/live.js';
import { useWords } from '../app/words.js';
import { Banner, Button, Dialog, Select, showToast, TextField } from '../kit/index.js';
import { DayField } from '../kit/day-field.js';
import { asTyped, typedDay } from '../kit/typed-day.js';
import { useOutcome } from '../room/use-outcome.js';
import { useRoomTools } from '../room/room-tools.js';
import { writtenProblem } from '../room/written-problem.js';
import styles from '../room/panels.module.css';

/** One more milestone, or another plan for one that is there. `onClose` has to stay the same function. */
export function PlanDialog({
  milestone,
  milestones,
  opds,
  onClose,
}: {
  milestone?: MilestoneView;
  milestones: readonly MilestoneView[];
  opds: readonly TaskOpdView[];
  onClose: () => void;
}) {
  const words = useWords();
  const { milestone: say } = words.workspace;
  const { room } = useRoomTools();
  const online = useConnection().state === 'online';
  const { outcome, follow, reset } = useOutcome(room);
  const sending = outcome.state === 'sending';
  const [title, setTitle] = useState(milestone?.title ?? '');
  const [opdId, setOpdId] = useState(milestone?.opd.id ?? opds[0]?.opd.id ?? '');
  const [due, setDue] = useState(milestone?.dueDate ? asTyped(milestone.dueDate) : '');
  const [after, setAfter] = useState(milestone?.after ?? '');
  const [problems, setProblems] = useState<{ title?: string; due?: string }>({});
  const form = useId();

  useEffect(() => {
    if (outcome.state !== 'done' && !(sending && !online)) return;
    if (sending) showToast({ text: say.queued });
    onClose();
  }, [outcome, sending, online, onClose, say]);

  const edit = (change: () => void) => {
    change();
    setProblems({});
    if (!sending) reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (sending) return;
    const wrong = writtenProblem(title, { max: LIMITS.milestoneTitle });
    const dueDate = due.trim() === '' ? undefined : typedDay(due);
    setProblems({
      ...(wrong && { title: fieldWords(wrong, say.name, words) }),
      ...(dueDate === null && { due: fieldWords({ rule: 'not-a-date' }, say.dueField, words) }),
    });
    if (wrong || dueDate === null) return;
    const plan = {
      milestoneId: milestone?.id ?? crypto.randomUUID(),
      title: normalizeText(title),
      opdId,
      ...(dueDate !== undefined && { dueDate }),
      ...(after !== '' && { after }),
    };
    follow(milestone ? room.send('milestone.plan', plan) : room.send('milestone.add', plan));
  };

  const refusal = outcome.state === 'refused' ? outcome.error : null;
  const refused = refusal ? fieldErrors(refusal, words) : {};
  return (
    <Dialog
      open
      onClose={onClose}
      title={milestone ? say.planTitle : say.addTitle}
      actions={
        <>
          <Button onClick={onClose}>{say.cancel}</Button>
          <Button type="submit" form={form} look="primary" busy={sending}>
            {sending ? say.sending : say.save}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={submit} noValidate>
        <TextField
          label={say.name}
          hint={say.nameHint}
          error={problems.title ?? refused.title}
          maxLength={LIMITS.milestoneTitle}
          autoComplete="off"
          dir="auto"
          value={title}
          onChange={(event) => edit(() => setTitle(event.target.value))}
        />
        <Select
          label={say.owner}
          error={refused.opdId}
          value={opdId}
          onPick={(picked) => edit(() => setOpdId(picked))}
          choices={opds
            .filter(({ opd, acceptance }) => acceptance !== 'DECLINED' || opd.id === opdId)
            .map(({ opd }) => ({ value: opd.id, label: opd.name }))}
        />
        <DayField
          label={say.dueField}
          error={problems.due ?? refused.dueDate}
          value={due}
          onChange={(typed) => edit(() => setDue(typed))}
        />
        <Select
          label={say.after}
          error={refused.after}
          value={after}
          onPick={(picked) => edit(() => setAfter(picked))}
          choices={[
            { value: '', label: say.afterNone },
            ...milestones
              .filter(({ id }) => id !== milestone?.id)
              .map((one) => ({ value: one.id, label: one.title })),
          ]}
        />
        {refusal && <Banner tone="trouble">{errorWords(refusal, words)}</Banner>}
      </form>
    </Dialog>
  );
}
