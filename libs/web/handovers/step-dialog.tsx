import { type FormEvent, useCallback, useId, useState } from 'react';
import {
  LIMITS,
  normalizeText,
  STEPS_WITH_NOTE,
  STEPS_WITH_UNIT,
  type HandoverStep,
  type HandoverView,
  type OpdRef,
} from '#libs/contracts';
import { errorWords, fieldWords } from '#libs/content';
import { useWords } from '../app/words.js';
import { Banner, Button, Dialog, Select, TextArea } from '../kit/index.js';
import { useRoomTools } from '../room/room-tools.js';
import { useDraft } from '../room/use-draft.js';
import { useWish } from '../room/use-wish.js';
import { writtenProblem } from '../room/written-problem.js';
import panels from '../room/panels.module.css';

/** A step that owes words, or names the unit that holds it next. */
export function StepDialog({
  handover,
  step,
  units,
  onClose,
}: {
  handover: HandoverView;
  step: HandoverStep;
  /** Units that take part. */
  units: readonly OpdRef[];
  onClose: () => void;
}) {
  const words = useWords();
  const { handover: say } = words.workspace;
  const { reader, taskId } = useRoomTools();
  const { draft, change, clear } = useDraft(reader.id, taskId, `handover.${step}-${handover.id}`);
  const [to, setTo] = useState('');
  const [problems, setProblems] = useState<{ note?: string; to?: string }>({});
  const form = useId();
  const done = useCallback(() => {
    clear();
    onClose();
  }, [clear, onClose]);
  const { room, follow, sending, refusal, reset } = useWish(done);
  const namesUnit = STEPS_WITH_UNIT.has(step);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (sending) return;
    const wrong = writtenProblem(draft.text, { max: LIMITS.note, optional: !STEPS_WITH_NOTE.has(step) });
    const noUnit = namesUnit && to === '';
    setProblems({
      ...(wrong && { note: fieldWords(wrong, say.labels[step], words) }),
      ...(noUnit && { to: fieldWords({ rule: 'required' }, say.to, words) }),
    });
    if (wrong || noUnit) return;
    const note = normalizeText(draft.text);
    follow(
      room.send('handover.move', {
        ...{ handoverId: handover.id, step },
        ...(note !== '' && { note }),
        ...(namesUnit && { toOpdId: to }),
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
      title={say.steps[step]}
      actions={
        <>
          <Button onClick={onClose}>{say.cancel}</Button>
          <Button type="submit" form={form} look="primary" busy={sending}>
            {sending ? say.sending : say.steps[step]}
          </Button>
        </>
      }
    >
      <form id={form} className={panels.form} onSubmit={submit} noValidate>
        <p dir="auto">{handover.title}</p>
        <p className={panels.muted}>{say.effects[step]}</p>
        {namesUnit && (
          <Select
            label={say.to}
            error={problems.to}
            value={to}
            onPick={(picked) => edit(() => setTo(picked))}
            choices={[
              { value: '', label: say.chooseOpd },
              ...units
                .filter(({ id }) => id !== handover.holder.id)
                .map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        )}
        <TextArea
          label={say.labels[step]}
          hint={say.noteHint}
          error={problems.note}
          max={LIMITS.note}
          rows={3}
          dir="auto"
          value={draft.text}
          onChange={(event) => edit(() => change({ text: event.target.value }))}
        />
        {refusal && <Banner tone="trouble">{errorWords(refusal, words)}</Banner>}
      </form>
    </Dialog>
  );
}
