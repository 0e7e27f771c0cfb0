import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import { LIMITS, normalizeText, type SummaryView, type WireError } from '#libs/contracts';
import type { PendingCommand } from '#libs/client';
import { errorWords, fieldWords, numberWords } from '#libs/content';
import { useWords } from '../app/words.js';
import { announce, Button, Field } from '../kit/index.js';
import { PLAIN_TOOLS, TextToolbar } from '../composer/text-toolbar.js';
import { applyTool, type Tool } from '../composer/text-tools.js';
import { MessageText } from '../messages/message-text.js';
import { PendingState } from '../room/pending-state.js';
import { useRoomTools } from '../room/room-tools.js';
import { useDraft } from '../room/use-draft.js';
import { useWish } from '../room/use-wish.js';
import { writtenProblem } from '../room/written-problem.js';
import { otherVersion, SUMMARY_PLACE, type OtherVersion } from './summary-text.js';
import styles from './summary.module.css';

/** The counter is shown for the last letters. */
const COUNT_FROM = 200;

/**
 * Where the summary is written, in its own place. What others write meanwhile is shown beside it and never touches it.
 * `onClose` has to stay the same function.
 */
export function SummaryEditor({ summary, onClose }: { summary: SummaryView | null; onClose: () => void }) {
  const words = useWords();
  const { summary: say } = words.workspace;
  const { reader, taskId } = useRoomTools();
  const { draft, change, clear, kept } = useDraft(reader.id, taskId, SUMMARY_PLACE);
  const begun = draft.base !== undefined;
  const text = begun ? draft.text : (summary?.body ?? '');
  const base = draft.base ?? summary?.version ?? 0;
  const [problem, setProblem] = useState<string | null>(null);
  const done = useCallback(() => {
    clear();
    onClose();
  }, [clear, onClose]);
  const { room, follow, sending, refusal, reset } = useWish(done);
  const other = begun ? otherVersion(text, base, summary, conflictOf(refusal)) : null;

  const area = useRef<HTMLTextAreaElement>(null);
  const caret = useRef<[number, number] | null>(null);
  useLayoutEffect(() => {
    if (!area.current) return;
    area.current.style.height = 'auto';
    area.current.style.height = `${area.current.scrollHeight + 2}px`;
    if (!caret.current) return;
    area.current.focus();
    area.current.setSelectionRange(...caret.current);
    caret.current = null;
  }, [text]);
  useLayoutEffect(() => area.current?.focus(), []);

  const write = (next: string) => {
    setProblem(null);
    if (!sending) reset();
    change({ text: next, base });
  };
  const useTool = (tool: Tool | 'mention') => {
    if (tool === 'mention') return;
    const { selectionStart: from = 0, selectionEnd: to = 0 } = area.current ?? {};
    const next = applyTool(tool, { text, from, to });
    caret.current = [next.from, next.to];
    write(next.text);
  };
  const save = (over: number) => {
    const wrong = writtenProblem(text, { max: LIMITS.summary });
    const body = normalizeText(text);
    const found = wrong ? fieldWords(wrong, say.label, words) : body === summary?.body ? say.unchanged : null;
    if (found !== null) {
      setProblem(found);
      announce(found);
      area.current?.focus();
      return;
    }
    change({ text, base: over });
    follow(room.send('summary.write', { base: over, body }));
  };

  const left = LIMITS.summary - text.length;
  const failed = refusal && refusal.code !== 'summary.conflict' ? errorWords(refusal, words) : null;
  return (
    <div className={styles.editor}>
      {other && <Theirs other={other} />}
      {other && <p className={styles.which}>{say.mine}</p>}
      <TextToolbar onTool={useTool} tools={PLAIN_TOOLS} />
      <Field label={say.label} hideLabel hint={say.hint} error={problem ?? failed}>
        {(input) => (
          <textarea
            {...input}
            ref={area}
            rows={3}
            dir="auto"
            readOnly={sending}
            value={text}
            onChange={(event) => write(event.target.value)}
          />
        )}
      </Field>
      <p className={styles.note}>
        {left < COUNT_FROM
          ? say.left(numberWords(left, words.language))
          : kept
            ? begun && say.kept
            : say.notKept}
      </p>
      <div className={styles.actions}>
        {other ? (
          <>
            <Button look="primary" busy={sending} onClick={() => save(other.version)}>
              {sending ? say.saving : say.takeMine}
            </Button>
            <Button onClick={done}>{say.takeTheirs(other.by)}</Button>
          </>
        ) : (
          <>
            <Button look="primary" busy={sending} onClick={() => save(base)}>
              {sending ? say.saving : say.save}
            </Button>
            <Button look="quiet" onClick={onClose}>
              {say.cancel}
            </Button>
            {begun && (
              <Button look="quiet" onClick={done}>
                {say.drop}
              </Button>
            )}
          </>
        )}
      </div>
    </div>
  );
}

/** A version that waits for the connection, or that met another one when it arrived. */
export function UnsentSummary({
  command,
  summary,
}: {
  command: PendingCommand<'summary.write'>;
  summary: SummaryView | null;
}) {
  const { summary: say } = useWords().workspace;
  const { room } = useRoomTools();
  const { base, body } = command.data;
  const refused = command.state === 'failed' ? conflictOf(command.error ?? null) : null;
  const other = refused && otherVersion(body, base, summary, refused);
  if (!other) {
    return (
      <div className={styles.editor}>
        {command.state === 'queued' && <p className={styles.note}>{say.waits}</p>}
        <p className={styles.which}>{say.mine}</p>
        <MessageText text={body} />
        <PendingState command={command} text={body} />
      </div>
    );
  }
  return (
    <div className={styles.editor}>
      <Theirs other={other} />
      <p className={styles.which}>{say.mine}</p>
      <MessageText text={body} />
      <div className={styles.actions}>
        <Button
          look="primary"
          onClick={() => {
            room.discard(command.commandId);
            room.send('summary.write', { base: other.version, body });
          }}
        >
          {say.takeMine}
        </Button>
        <Button onClick={() => room.discard(command.commandId)}>{say.takeTheirs(other.by)}</Button>
      </div>
    </div>
  );
}

function Theirs({ other }: { other: OtherVersion }) {
  const { summary: say } = useWords().workspace;
  return (
    <div className={styles.theirs} role="status">
      <p>{say.both(other.by)}</p>
      <p className={styles.which}>{say.theirs(other.by)}</p>
      <MessageText text={other.body} />
    </div>
  );
}

function conflictOf(error: WireError | null): OtherVersion | null {
  return error?.code === 'summary.conflict' ? (error.details as OtherVersion) : null;
}
