import { Eye } from 'lucide-react';
import { type FormEvent, useEffect, useId, useState } from 'react';
import { LIMITS, normalizeText, type TaskStatus, type TaskView } from '#libs/contracts';
import { errorWords, fieldErrors, fieldWords } from '#libs/content';
import { useConnection } from '../app/live.js';
import { useWords } from '../app/words.js';
import { Banner, Button, classes, Dialog, showToast, TextArea } from '../kit/index.js';
import { writtenProblem } from '../room/written-problem.js';
import { useRoomTools } from '../room/room-tools.js';
import { LetterFields, useLetter } from './assignment-letter.js';
import { needsPublicSentence, transitionWords } from './transitions.js';
import { useDraft } from '../room/use-draft.js';
import { useOutcome } from '../room/use-outcome.js';
import styles from './workspace.module.css';

/**
 * Moves the task along one of the transitions this person may make. What was typed survives refusals, a change by
 * somebody else meanwhile, and closing the dialog.
 */
export function StatusDialog({
  task,
  transitions,
  onClose,
}: {
  task: TaskView;
  transitions: readonly TaskStatus[];
  onClose: () => void;
}) {
  const words = useWords();
  const { change: say } = words.workspace;
  const { room, reader, taskId } = useRoomTools();
  const online = useConnection().state === 'online';
  const note = useDraft(reader.id, taskId, 'status-note');
  const sentence = useDraft(reader.id, taskId, 'status-public');
  const letter = useLetter();
  const { outcome, follow, reset } = useOutcome(room);
  const [picked, setPicked] = useState<TaskStatus | null>(
    transitions.length === 1 ? (transitions[0] ?? null) : null,
  );
  const [problems, setProblems] = useState<{ to?: string; note?: string; publicSentence?: string }>({});
  const [startedFrom] = useState(task.status);
  const form = useId();

  // Somebody else may move the task while this is open.
  const to = picked !== null && transitions.includes(picked) ? picked : null;
  const owesSentence = to !== null && needsPublicSentence(task, to);
  const sending = outcome.state === 'sending';

  const { clear: clearNote } = note;
  const { clear: clearSentence } = sentence;
  useEffect(() => {
    if (outcome.state !== 'done' && !(sending && !online)) return;
    clearNote();
    clearSentence();
    if (sending) showToast({ text: say.queued });
    onClose();
  }, [outcome, sending, online, clearNote, clearSentence, onClose, say]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (sending) return;
    const wrongNote = writtenProblem(note.draft.text, { max: LIMITS.note });
    const wrongSentence = owesSentence
      ? writtenProblem(sentence.draft.text, { max: LIMITS.publicUpdateBody })
      : null;
    const found = {
      to: to === null ? say.chooseFirst : undefined,
      note: wrongNote ? fieldWords(wrongNote, say.note, words) : undefined,
      publicSentence: wrongSentence ? fieldWords(wrongSentence, say.publicSentence, words) : undefined,
    };
    setProblems(found);
    if (to === null || found.note || found.publicSentence) {
      const field = found.to ? 'to' : found.note ? 'note' : 'publicSentence';
      document.querySelector<HTMLElement>(`[data-field="${field}"]`)?.focus();
      return;
    }
    const written = to === 'ASSIGNED' ? letter.read() : undefined;
    if (written === null) return;
    follow(
      room.send('task.change-status', {
        to,
        note: normalizeText(note.draft.text),
        ...(written ? { letter: written } : {}),
        ...(owesSentence ? { publicSentence: normalizeText(sentence.draft.text) } : {}),
      }),
    );
  };

  const refusal = outcome.state === 'refused' ? outcome.error : null;
  const refusedFields = refusal ? fieldErrors(refusal, words) : {};

  return (
    <Dialog
      open
      onClose={onClose}
      title={say.title}
      actions={
        <>
          <Button onClick={onClose}>{say.cancel}</Button>
          <Button type="submit" form={form} look="primary" busy={sending} disabled={transitions.length === 0}>
            {sending ? say.sending : to ? say.save(words.status[to]) : say.saveNone}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={submit} noValidate>
        <p className={styles.muted}>{say.now(words.status[task.status])}</p>
        {task.status !== startedFrom && (
          <Banner tone="attention">
            {transitions.length === 0 ? say.noneLeft : say.moved(words.status[task.status])}
          </Banner>
        )}
        <fieldset className={styles.choices}>
          <legend>{say.to}</legend>
          {transitions.map((status, i) => {
            const { action, explain } = transitionWords(task.status, status, words.workspace);
            return (
              <label
                key={status}
                htmlFor={`${form}-${status}`}
                className={classes(styles.choice, status === to && styles.picked)}
              >
                <input
                  id={`${form}-${status}`}
                  type="radio"
                  name="to"
                  data-field={i === 0 ? 'to' : undefined}
                  checked={status === to}
                  onChange={() => {
                    setPicked(status);
                    setProblems({});
                    if (!sending) reset();
                  }}
                />
                <span className={styles.action}>
                  {action} ({words.status[status]})<span className={styles.explain}>{explain}</span>
                </span>
              </label>
            );
          })}
          {problems.to && <p className={styles.problem}>{problems.to}</p>}
        </fieldset>
        <TextArea
          data-field="note"
          label={say.note}
          hint={say.noteHint}
          error={problems.note ?? refusedFields.note}
          max={LIMITS.note}
          dir="auto"
          rows={3}
          value={note.draft.text}
          onChange={(event) => {
            note.change({ text: event.target.value });
            setProblems((before) => ({ ...before, note: undefined }));
          }}
        />
        {to === 'ASSIGNED' && <LetterFields letter={letter} />}
        {owesSentence && (
          <div className={styles.forCitizens}>
            <p className={styles.citizensNote}>
              <Eye size={18} aria-hidden="true" />
              {say.publicNote}
            </p>
            <TextArea
              data-field="publicSentence"
              label={say.publicSentence}
              hint={say.publicHint}
              error={problems.publicSentence ?? refusedFields.publicSentence}
              max={LIMITS.publicUpdateBody}
              dir="auto"
              rows={3}
              value={sentence.draft.text}
              onChange={(event) => {
                sentence.change({ text: event.target.value });
                setProblems((before) => ({ ...before, publicSentence: undefined }));
              }}
            />
            <p className={styles.muted}>{words.workspace.public.warning}</p>
          </div>
        )}
        {refusal && <Banner tone="trouble">{errorWords(refusal, words)}</Banner>}
      </form>
    </Dialog>
  );
}
