import { type FormEvent, useCallback, useId, useState } from 'react';
import { LIMITS, normalizeText } from '#libs/contracts';
import type { CommandData } from '#libs/client';
import { errorWords, fieldWords } from '#libs/content';
import { useWords } from '../app/words.js';
import { Banner, Button, Dialog, TextArea } from '../kit/index.js';
import { useRoomTools } from '../room/room-tools.js';
import { useDraft } from '../room/use-draft.js';
import { writtenProblem } from '../room/written-problem.js';
import { useWish } from '../room/use-wish.js';
import styles from '../room/panels.module.css';

/** A wish that owes a reason: a unit that can't take part, a person who leaves. */
export function ReasonDialog({
  wish,
  title,
  effect,
  action,
  onClose,
}: {
  wish:
    | { type: 'opd.answer'; data: Omit<CommandData<'opd.answer'>, 'reason'> }
    | { type: 'member.remove'; data: Omit<CommandData<'member.remove'>, 'reason'> };
  title: string;
  effect: string;
  action: string;
  onClose: () => void;
}) {
  const words = useWords();
  const { team: say } = words.workspace;
  const { reader, taskId } = useRoomTools();
  const about = wish.type === 'opd.answer' ? wish.data.opdId : wish.data.personId;
  const { draft, change, clear } = useDraft(reader.id, taskId, `${wish.type}-${about}`);
  const [problem, setProblem] = useState<string | null>(null);
  const form = useId();
  const done = useCallback(() => {
    clear();
    onClose();
  }, [clear, onClose]);
  const { room, follow, sending, refusal, reset } = useWish(done);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (sending) return;
    const wrong = writtenProblem(draft.text, { max: LIMITS.note });
    setProblem(wrong && fieldWords(wrong, say.reason, words));
    if (wrong) return;
    const reason = normalizeText(draft.text);
    if (wish.type === 'opd.answer') follow(room.send('opd.answer', { ...wish.data, reason }));
    else follow(room.send('member.remove', { ...wish.data, reason }));
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      actions={
        <>
          <Button onClick={onClose}>{say.cancel}</Button>
          <Button type="submit" form={form} look="primary" busy={sending}>
            {sending ? say.sending : action}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={submit} noValidate>
        <p>{effect}</p>
        <TextArea
          label={say.reason}
          hint={say.reasonHint}
          error={problem}
          max={LIMITS.note}
          rows={3}
          dir="auto"
          value={draft.text}
          onChange={(event) => {
            change({ text: event.target.value });
            setProblem(null);
            if (!sending) reset();
          }}
        />
        {refusal && <Banner tone="trouble">{errorWords(refusal, words)}</Banner>}
      </form>
    </Dialog>
  );
}
