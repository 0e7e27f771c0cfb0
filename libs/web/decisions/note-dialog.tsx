import { type FormEvent, useCallback, useId, useState } from 'react';
import { LIMITS, normalizeText, samePost, type DecisionRequestView } from '#libs/contracts';
import { errorWords, fieldWords } from '#libs/content';
import { useDeciders } from '../app/directory.js';
import { useWords } from '../app/words.js';
import { Banner, Button, Dialog, Select, TextArea } from '../kit/index.js';
import { useRoomTools } from '../room/room-tools.js';
import { useDraft } from '../room/use-draft.js';
import { useWish } from '../room/use-wish.js';
import { writtenProblem } from '../room/written-problem.js';
import panels from '../room/panels.module.css';
import { keyOf } from './asking.js';
import type { WithNote } from './decider-bar.js';
import { postName, refOf } from './decisions.js';

/** An answer that owes words: a note, a reason, a question, or a reason and whom it is handed on to. */
export function NoteDialog({
  decision,
  outcome,
  option,
  onClose,
}: {
  decision: DecisionRequestView;
  outcome: WithNote;
  option: string | null;
  onClose: () => void;
}) {
  const words = useWords();
  const { decision: say } = words.workspace;
  const { reader, taskId } = useRoomTools();
  const { draft, change, clear } = useDraft(reader.id, taskId, `decision.${outcome}-${decision.id}`);
  const [to, setTo] = useState('');
  const [problems, setProblems] = useState<{ note?: string; to?: string }>({});
  const form = useId();
  const done = useCallback(() => {
    clear();
    onClose();
  }, [clear, onClose]);
  const { room, follow, sending, refusal, reset } = useWish(done);
  const deciders = useDeciders(taskId);
  const own = decision.post && refOf(decision.post);
  const choices = (deciders.items ?? []).filter((choice) => !own || !samePost(choice, own));
  const forward = choices.find((choice) => keyOf(choice) === to);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (sending) return;
    const wrong = writtenProblem(draft.text, { max: LIMITS.note });
    const noOne = outcome === 'FORWARDED' && !forward;
    setProblems({
      ...(wrong && { note: fieldWords(wrong, say.noteLabels[outcome], words) }),
      ...(noOne && { to: fieldWords({ rule: 'required' }, say.forwardTo, words) }),
    });
    if (wrong || noOne) return;
    const approves = outcome === 'APPROVED_WITH_NOTE';
    follow(
      room.send('decision.decide', {
        ...{ decisionId: decision.id, outcome, note: normalizeText(draft.text) },
        ...(approves && option !== null && { option }),
        ...(forward && { forwardTo: { role: forward.role, opdId: forward.opdId } }),
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
      title={say.noteTitles[outcome]}
      actions={
        <>
          <Button onClick={onClose}>{say.cancel}</Button>
          <Button type="submit" form={form} look="primary" busy={sending}>
            {sending ? say.sending : say.outcomes[outcome]}
          </Button>
        </>
      }
    >
      <form id={form} className={panels.form} onSubmit={submit} noValidate>
        <p dir="auto">{decision.title}</p>
        {outcome === 'FORWARDED' && (
          <Select
            label={say.forwardTo}
            error={deciders.failed ? say.whoFailed : problems.to}
            value={to}
            onPick={(picked) => edit(() => setTo(picked))}
            choices={[
              { value: '', label: say.chooseWho },
              ...choices.map((choice) => ({
                value: keyOf(choice),
                label: `${postName(choice.role, { abbreviation: choice.person.opd }, words.workspace)} – ${choice.person.name}`,
              })),
            ]}
          />
        )}
        <TextArea
          label={say.noteLabels[outcome]}
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
