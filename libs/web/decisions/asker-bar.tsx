import { type FormEvent, useCallback, useId, useState } from 'react';
import {
  isOpenDecision,
  isVerdict,
  LIMITS,
  normalizeText,
  type DecisionRequestView,
  type WorkspaceRights,
} from '#libs/contracts';
import { errorWords, fieldWords } from '#libs/content';
import { useWords } from '../app/words.js';
import { Banner, Button, Dialog, TextArea } from '../kit/index.js';
import { useRoomTools } from '../room/room-tools.js';
import { useDraft } from '../room/use-draft.js';
import { useWish } from '../room/use-wish.js';
import { writtenProblem } from '../room/written-problem.js';
import panels from '../room/panels.module.css';
import styles from './decisions.module.css';

/** What the asker and the lead can do with a request: answer a question, take it back, ask for another in its place. */
export function AskerBar({
  decision,
  rights,
  onReplace,
}: {
  decision: DecisionRequestView;
  rights: WorkspaceRights;
  onReplace: (old: DecisionRequestView) => void;
}) {
  const { decision: say } = useWords().workspace;
  const { reader } = useRoomTools();
  const [dialog, setDialog] = useState<'answer' | 'withdraw' | null>(null);
  const close = useCallback(() => setDialog(null), []);
  if (!rights.askDecisions) return null;
  const mayReplace = isVerdict(decision.status) && decision.effective;
  const isAsker = decision.requestedBy.id === reader.id || rights.moderate;
  const mayWithdraw = isAsker && isOpenDecision(decision.status);
  if (!mayReplace && !mayWithdraw) return null;
  return (
    <div className={styles.asker}>
      {mayWithdraw && decision.status === 'CLARIFICATION_REQUESTED' && (
        <Button look="primary" onClick={() => setDialog('answer')}>
          {say.explain}
        </Button>
      )}
      {mayWithdraw && (
        <Button
          look="quiet"
          small
          aria-label={say.sayTo(say.withdraw, decision.title)}
          onClick={() => setDialog('withdraw')}
        >
          {say.withdraw}
        </Button>
      )}
      {mayReplace && (
        <Button
          look="quiet"
          small
          aria-label={say.sayTo(say.replace, decision.title)}
          onClick={() => onReplace(decision)}
        >
          {say.replace}
        </Button>
      )}
      {dialog === 'answer' && <AnswerDialog decision={decision} onClose={close} />}
      {dialog === 'withdraw' && <WithdrawDialog decision={decision} onClose={close} />}
    </div>
  );
}

function AnswerDialog({ decision, onClose }: { decision: DecisionRequestView; onClose: () => void }) {
  const words = useWords();
  const { decision: say } = words.workspace;
  const { reader, taskId } = useRoomTools();
  const { draft, change, clear } = useDraft(reader.id, taskId, `decision.clarify-${decision.id}`);
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
    setProblem(wrong && fieldWords(wrong, say.explainLabel, words));
    if (!wrong)
      follow(room.send('decision.clarify', { decisionId: decision.id, answer: normalizeText(draft.text) }));
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={say.explainTitle}
      actions={
        <>
          <Button onClick={onClose}>{say.cancel}</Button>
          <Button type="submit" form={form} look="primary" busy={sending}>
            {sending ? say.sending : say.sendAnswer}
          </Button>
        </>
      }
    >
      <form id={form} className={panels.form} onSubmit={submit} noValidate>
        {decision.clarification && <p dir="auto">{decision.clarification.question}</p>}
        <TextArea
          label={say.explainLabel}
          hint={say.noteHint}
          error={problem}
          max={LIMITS.note}
          rows={4}
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

function WithdrawDialog({ decision, onClose }: { decision: DecisionRequestView; onClose: () => void }) {
  const words = useWords();
  const { decision: say } = words.workspace;
  const { room, follow, sending, refusal } = useWish(onClose);
  return (
    <Dialog
      open
      onClose={onClose}
      title={say.withdrawTitle}
      actions={
        <>
          <Button onClick={onClose}>{say.cancel}</Button>
          <Button
            look="danger"
            busy={sending}
            onClick={() => follow(room.send('decision.withdraw', { decisionId: decision.id }))}
          >
            {sending ? say.sending : say.withdraw}
          </Button>
        </>
      }
    >
      <p dir="auto">{decision.title}</p>
      <p>{say.withdrawEffect}</p>
      {refusal && <Banner tone="trouble">{errorWords(refusal, words)}</Banner>}
    </Dialog>
  );
}
