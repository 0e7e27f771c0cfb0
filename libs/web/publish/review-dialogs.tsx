import { type FormEvent, useId, useRef, useState } from 'react';
import { LIMITS, type PublicQueueItem, type ReviewPublicUpdate } from '#libs/contracts';
import { errorWords, fieldErrors } from '#libs/content';
import { asAppError } from '../app/api.js';
import { review } from '../app/public-queue.js';
import { textWords } from '../app/text-words.js';
import { useWords } from '../app/words.js';
import { announce, Banner, Button, Dialog, showToast, TextArea } from '../kit/index.js';
import styles from './publish.module.css';

interface Asked {
  item: PublicQueueItem;
  onClose: () => void;
  /** The queue has changed. */
  onDone: () => void;
}

/** Asks once more, because what citizens have read cannot be taken back. */
export function ApproveDialog({ item, onClose, onDone }: Asked) {
  const words = useWords();
  const { send, busy, refusal } = useReview(item, onClose, onDone);
  return (
    <Dialog
      open
      onClose={onClose}
      title={words.publish.approveQuestion}
      actions={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button
            look="primary"
            busy={busy}
            onClick={() => void send({ verdict: 'APPROVED' }, words.publish.approved)}
          >
            {words.publish.approve}
          </Button>
        </>
      }
    >
      <blockquote className={styles.asked}>{item.update.body}</blockquote>
      <p>{words.publish.approveEffect}</p>
      {refusal && <Banner tone="trouble">{refusal}</Banner>}
    </Dialog>
  );
}

/** Gives an update back with the reason its writer will read. */
export function ReturnDialog({ item, onClose, onDone }: Asked) {
  const words = useWords();
  const form = useId();
  const [reason, setReason] = useState('');
  const { send, busy, refusal, wrong, setWrong } = useReview(item, onClose, onDone);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const problem = textWords(reason, { max: LIMITS.note }, words.publish.reason, words);
    setWrong(problem ? { reason: problem } : {});
    if (problem) document.getElementById(form)?.querySelector('textarea')?.focus();
    else void send({ verdict: 'RETURNED', reason }, words.publish.returned);
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title={words.publish.giveBackTitle}
      actions={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button type="submit" form={form} look="primary" busy={busy}>
            {words.publish.giveBack}
          </Button>
        </>
      }
    >
      <p>{words.publish.giveBackLead}</p>
      <blockquote className={styles.asked}>{item.update.body}</blockquote>
      <form id={form} onSubmit={submit} noValidate>
        <TextArea
          label={words.publish.reason}
          hint={words.publish.reasonHint}
          error={wrong.reason}
          max={LIMITS.note}
          required
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </form>
      {refusal && <Banner tone="trouble">{refusal}</Banner>}
    </Dialog>
  );
}

function useReview(item: PublicQueueItem, onClose: () => void, onDone: () => void) {
  const words = useWords();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [wrong, setWrong] = useState<Record<string, string>>({});
  // One id for one content: pressing again after a lost answer repeats nothing, other words are another wish.
  const sent = useRef<{ content: string; commandId: string } | null>(null);

  const send = async (answer: Pick<ReviewPublicUpdate, 'verdict' | 'reason'>, done: string) => {
    const content = JSON.stringify(answer);
    if (sent.current?.content !== content) sent.current = { content, commandId: crypto.randomUUID() };
    setBusy(true);
    setRefusal(null);
    try {
      await review({ commandId: sent.current.commandId, updateId: item.update.id, ...answer });
      onClose();
      onDone();
      showToast({ text: done });
    } catch (error) {
      const wire = asAppError(error).toWire();
      if (wire.code === 'public-update.not-pending') {
        onClose();
        onDone();
        showToast({ text: words.publish.already });
        return;
      }
      const text = errorWords(wire, words);
      setWrong(fieldErrors(wire, words));
      setRefusal(text);
      announce(text);
      setBusy(false);
    }
  };
  return { send, busy, refusal, wrong, setWrong };
}
