import { useEffect, useRef, useState, type ReactNode } from 'react';
import { isFresh, LIMITS, normalizeText, type FormerText, type MessageView } from '#libs/contracts';
import { dateWords, errorWords, fieldWords } from '#libs/content';
import { useConnection } from '../app/live.js';
import { useWords } from '../app/words.js';
import { announce, Banner, Button, Dialog, Skeleton, TextArea } from '../kit/index.js';
import { useDraft } from '../room/use-draft.js';
import { useOutcome } from '../room/use-outcome.js';
import { useRoomTools } from '../room/room-tools.js';
import { writtenProblem } from '../room/written-problem.js';
import { mentionsIn, type Candidate } from '../composer/mentions.js';
import { MessageText } from './message-text.js';
import styles from './message-actions.module.css';

/** What a message said before, and since when. */
export function EditsDialog({ message, onClose }: { message: MessageView; onClose: () => void }) {
  const words = useWords();
  const { talk: say } = words.workspace;
  const { room } = useRoomTools();
  const dates = dateWords(words.language);
  const [texts, setTexts] = useState<FormerText[] | 'failed' | null>(null);
  useEffect(() => {
    let current = true;
    room.formerTexts(message.id).then(
      (found) => {
        if (current) setTexts(found);
      },
      () => {
        if (current) setTexts('failed');
      },
    );
    return () => {
      current = false;
    };
  }, [room, message.id, message.edits]);
  return (
    <Dialog open onClose={onClose} title={say.editsTitle}>
      {texts === null && <Skeleton lines={3} />}
      {texts === 'failed' && <p>{say.editsFailed}</p>}
      {Array.isArray(texts) && (
        <ol role="list" className={styles.former}>
          {texts.map(({ body, since }) => (
            <li key={since}>
              <time dateTime={since}>{say.editsSince(dates.full(since))}</time>
              <MessageText text={body} />
            </li>
          ))}
          <li>
            <span className={styles.when}>{say.editsNow}</span>
            <MessageText text={message.body} mentions={message.mentions} />
          </li>
        </ol>
      )}
    </Dialog>
  );
}

/** Another text in place of one's own; kept as a draft while it is written. */
export function EditDialog({
  message,
  candidates,
  onClose,
}: {
  message: MessageView;
  candidates: readonly Candidate[];
  onClose: () => void;
}) {
  const words = useWords();
  const { talk: say } = words.workspace;
  const { room, reader, taskId } = useRoomTools();
  const { draft, change, clear } = useDraft(reader.id, taskId, `edit-${message.id}`);
  const [begun, setBegun] = useState(draft.text !== '');
  const text = begun ? draft.text : message.body;
  const [base, setBase] = useState(message.edits);
  const [problem, setProblem] = useState<string | null>(null);
  const command = useFollowed(onClose, clear);

  const save = (baseEdits: number) => {
    const wrong = writtenProblem(text, { max: LIMITS.messageBody });
    if (wrong) return setProblem(fieldWords(wrong, say.editLabel, words));
    const body = normalizeText(text);
    if (body === message.body) return setProblem(say.unchanged);
    const mentions = mentionsIn(body, candidates);
    command.follow(
      room.send('message.edit', {
        messageId: message.id,
        baseEdits,
        body,
        ...(mentions.length > 0 && { mentions }),
      }),
    );
  };
  const { error } = command;
  const conflict =
    error?.code === 'message.edit-conflict' ? (error.details as { edits: number; body: string }) : null;
  return (
    <Dialog
      open
      onClose={onClose}
      title={say.editTitle}
      actions={
        conflict ? (
          <>
            <Button
              onClick={() => {
                clear();
                onClose();
              }}
            >
              {say.conflictKeep}
            </Button>
            <Button
              look="primary"
              busy={command.busy}
              onClick={() => {
                setBase(conflict.edits);
                save(conflict.edits);
              }}
            >
              {say.conflictMine}
            </Button>
          </>
        ) : (
          <Actions busy={command.busy} word={say.editSave} onCancel={onClose} onDo={() => save(base)} />
        )
      }
    >
      <div className={styles.form}>
        {conflict ? (
          <Banner tone="attention">
            <p>{say.conflictTitle}</p>
            <p className={styles.when}>{say.conflictTheirs}</p>
            <MessageText text={conflict.body} />
          </Banner>
        ) : (
          error && <p role="alert">{errorWords(error, words)}</p>
        )}
        <TextArea
          label={say.editLabel}
          hint={say.editHint}
          error={problem}
          dir="auto"
          max={LIMITS.messageBody}
          value={text}
          onChange={(event) => {
            setProblem(null);
            setBegun(true);
            change({ text: event.target.value });
          }}
        />
      </div>
    </Dialog>
  );
}

/** Deleting cannot be taken back, so it is asked; who does it to others, or late, says why. */
export function DeleteDialog({ message, onClose }: { message: MessageView; onClose: () => void }) {
  const words = useWords();
  const { talk: say } = words.workspace;
  const { room, reader } = useRoomTools();
  const [needsReason] = useState(() => message.author.id !== reader.id || !isFresh(message, Date.now()));
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const command = useFollowed(onClose);
  const go = () => {
    const wrong = writtenProblem(reason, { max: LIMITS.note, optional: !needsReason });
    if (wrong) return setProblem(fieldWords(wrong, say.deleteReason, words));
    const given = normalizeText(reason);
    command.follow(
      room.send('message.delete', { messageId: message.id, ...(given !== '' && { reason: given }) }),
    );
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={say.deleteTitle}
      actions={<Actions busy={command.busy} word={say.delete} danger onCancel={onClose} onDo={go} />}
    >
      <div className={styles.form}>
        <p>{say.deleteExplain}</p>
        {command.error && <p role="alert">{errorWords(command.error, words)}</p>}
        {needsReason && (
          <TextArea
            label={say.deleteReason}
            hint={say.deleteReasonHint}
            error={problem}
            dir="auto"
            max={LIMITS.note}
            rows={2}
            value={reason}
            onChange={(event) => {
              setProblem(null);
              setReason(event.target.value);
            }}
          />
        )}
      </div>
    </Dialog>
  );
}

/** A topic ends with what came of it. */
export function ResolveDialog({ threadId, onClose }: { threadId: string; onClose: () => void }) {
  const words = useWords();
  const { talk: say } = words.workspace;
  const { room, reader, taskId } = useRoomTools();
  const { draft, change, clear } = useDraft(reader.id, taskId, `conclusion-${threadId}`);
  const [problem, setProblem] = useState<string | null>(null);
  const command = useFollowed(onClose, clear);
  const go = () => {
    const wrong = writtenProblem(draft.text, { max: LIMITS.conclusion });
    if (wrong) return setProblem(fieldWords(wrong, say.conclusion, words));
    command.follow(room.send('thread.resolve', { threadId, conclusion: normalizeText(draft.text) }));
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={say.resolveTitle}
      actions={<Actions busy={command.busy} word={say.resolve} onCancel={onClose} onDo={go} />}
    >
      <div className={styles.form}>
        {command.error && <p role="alert">{errorWords(command.error, words)}</p>}
        <TextArea
          label={say.conclusion}
          hint={say.conclusionHint}
          error={problem}
          dir="auto"
          rows={2}
          max={LIMITS.conclusion}
          value={draft.text}
          onChange={(event) => {
            setProblem(null);
            change({ text: event.target.value });
          }}
        />
      </div>
    </Dialog>
  );
}

function Actions({
  busy,
  word,
  danger = false,
  onCancel,
  onDo,
}: {
  busy: boolean;
  word: string;
  danger?: boolean;
  onCancel: () => void;
  onDo: () => void;
}): ReactNode {
  const { talk: say } = useWords().workspace;
  return (
    <>
      <Button look="quiet" onClick={onCancel}>
        {say.cancel}
      </Button>
      <Button look={danger ? 'danger' : 'primary'} busy={busy} onClick={onDo}>
        {busy ? say.sending : word}
      </Button>
    </>
  );
}

/** Follows the dialog's command: closes when it is done, and at once when it has to wait for the network. */
function useFollowed(onClose: () => void, done: () => void = nothing) {
  const { talk: say } = useWords().workspace;
  const { room } = useRoomTools();
  const { outcome, follow } = useOutcome(room);
  const online = useConnection().state === 'online';
  const finish = useRef({ onClose, done });
  useEffect(() => {
    finish.current = { onClose, done };
  });
  const waits = outcome.state === 'sending' && !online;
  const ends = outcome.state === 'done' || waits;
  useEffect(() => {
    if (!ends) return;
    if (waits) announce(say.queued);
    finish.current.done();
    finish.current.onClose();
  }, [ends, waits, say]);
  return {
    follow,
    busy: outcome.state === 'sending',
    error: outcome.state === 'refused' ? outcome.error : null,
  };
}

function nothing(): void {
  // Not every dialog keeps a draft.
}
