import { CornerUpLeft, Lock, SendHorizontal, X } from 'lucide-react';
import {
  type KeyboardEvent,
  memo,
  type RefObject,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { LIMITS, normalizeText, type Confidentiality } from '#libs/contracts';
import { fieldWords, numberWords } from '#libs/content';
import { useWords } from '../app/words.js';
import { announce, Button, classes, Field } from '../kit/index.js';
import { copyText } from '../room/copy-text.js';
import type { Draft } from '../room/drafts.js';
import { writtenProblem } from '../room/written-problem.js';
import type { KeptDraft } from '../room/use-draft.js';
import type { Candidate } from './mentions.js';
import { MentionList } from './mention-list.js';
import { TextToolbar } from './text-toolbar.js';
import { useWriting } from './use-writing.js';
import { applyTool, type Tool } from './text-tools.js';
import { useMentioning } from './use-mentioning.js';
import styles from './composer.module.css';

/** The counter is shown for the last thousand letters. */
const COUNT_FROM = 1_000;

/** What others may do with the field: lead the person to it. */
export interface ComposerField {
  focus: () => void;
}

export interface ComposerProps {
  field: RefObject<ComposerField | null>;
  kept: KeptDraft;
  confidentiality: Confidentiality;
  offline: boolean;
  /** Why nothing can be sent here; what was typed before can still be copied. */
  blocked: string | null;
  /** Name of the author and beginning of the message that is being answered. */
  replyingTo: { name: string; text: string } | null;
  /** Whom a message here can call on. */
  candidates: readonly Candidate[];
  onSend: (draft: Draft) => void;
  onTyping: () => void;
}

/** Where a message is written. Live changes never touch it. */
export const Composer = memo(function Composer({
  field,
  kept,
  confidentiality,
  offline,
  blocked,
  replyingTo,
  candidates,
  onSend,
  onTyping,
}: ComposerProps) {
  const words = useWords();
  const { composer, message, visibility } = words.workspace;
  const { draft, change, clear } = kept;
  const [problem, setProblem] = useState<string | null>(null);
  const n = (value: number) => numberWords(value, words.language);

  const area = useRef<HTMLTextAreaElement>(null);
  const { writing, onFocus, onBlur } = useWriting();
  useImperativeHandle(field, () => ({ focus: () => area.current?.focus() }), []);
  useLayoutEffect(() => {
    if (!area.current) return;
    area.current.style.height = 'auto';
    area.current.style.height = `${area.current.scrollHeight + 2}px`;
  }, [draft.text, blocked]);

  const listId = useId();
  // Where the caret stands after a text that was put in by a tool.
  const caret = useRef<[number, number] | null>(null);
  useLayoutEffect(() => {
    if (!caret.current || !area.current) return;
    area.current.focus();
    area.current.setSelectionRange(...caret.current);
    caret.current = null;
  }, [draft.text]);
  const write = (text: string, from: number, to = from) => {
    caret.current = [from, to];
    setProblem(null);
    change({ ...draft, text });
    onTyping();
  };
  const mentioning = useMentioning(area, draft.text, candidates, write);
  const useTool = (tool: Tool | 'mention') => {
    const { selectionStart: from = 0, selectionEnd: to = 0 } = area.current ?? {};
    if (tool !== 'mention') {
      const next = applyTool(tool, { text: draft.text, from, to });
      write(next.text, next.from, next.to);
      return;
    }
    const gap = from > 0 && !/\s/.test(draft.text.charAt(from - 1)) ? ' @' : '@';
    write(draft.text.slice(0, from) + gap + draft.text.slice(to), from + gap.length);
  };

  const left = LIMITS.messageBody - draft.text.length;

  const send = () => {
    const wrong = writtenProblem(draft.text, { max: LIMITS.messageBody });
    if (wrong) {
      const text = fieldWords(wrong, composer.name, words);
      setProblem(text);
      announce(text);
      area.current?.focus();
      return;
    }
    onSend({ ...draft, text: normalizeText(draft.text) });
    clear();
    area.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (mentioning.onKey(event)) return;
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };

  if (blocked !== null) {
    return (
      <div className={styles.blocked}>
        <p>{blocked}</p>
        {draft.text !== '' && <Unsent text={draft.text} />}
      </div>
    );
  }

  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- only looks whether its fields have the focus
    <form
      className={styles.composer}
      data-writing={writing || undefined}
      onFocus={onFocus}
      onBlur={onBlur}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <p className={classes(styles.visibility, confidentiality === 'PERSONAL_DATA' && styles.personal)}>
        <Lock size={16} aria-hidden="true" />
        {visibility[confidentiality]}
      </p>
      {draft.replyTo !== undefined && (
        <div className={styles.replying}>
          <CornerUpLeft size={16} aria-hidden="true" />
          <p>
            {replyingTo ? (
              <>
                <strong>{message.replyTo(replyingTo.name)}</strong> <span dir="auto">{replyingTo.text}</span>
              </>
            ) : (
              <strong>{message.quotedOlder}</strong>
            )}
          </p>
          <Button
            look="quiet"
            small
            square
            aria-label={message.removeReply}
            onClick={() => {
              change({ text: draft.text });
              area.current?.focus();
            }}
          >
            <X size={18} aria-hidden="true" />
          </Button>
        </div>
      )}
      <TextToolbar onTool={useTool} />
      <div className={styles.write}>
        {mentioning.found.length > 0 && (
          <MentionList
            id={listId}
            candidates={mentioning.found}
            chosen={mentioning.chosen}
            onPick={mentioning.pick}
          />
        )}
        <Field label={composer.label} hideLabel error={problem}>
          {(input) => (
            <textarea
              {...input}
              ref={area}
              rows={1}
              dir="auto"
              placeholder={composer.placeholder}
              value={draft.text}
              className={classes(input.className, styles.area)}
              aria-autocomplete="list"
              aria-controls={mentioning.found.length > 0 ? listId : undefined}
              aria-activedescendant={
                mentioning.found.length > 0 ? `${listId}-${mentioning.chosen}` : undefined
              }
              onKeyDown={onKeyDown}
              onSelect={mentioning.look}
              onBlur={mentioning.close}
              onChange={(event) => {
                setProblem(null);
                change({ ...draft, text: event.target.value });
                onTyping();
              }}
            />
          )}
        </Field>
        <Button type="submit" look="primary" className={styles.send}>
          <SendHorizontal size={20} aria-hidden="true" />
          <span className={styles.sendWord}>{composer.send}</span>
        </Button>
      </div>
      <p className={styles.below}>
        {!kept.kept ? (
          <strong>{composer.draftNotKept}</strong>
        ) : left < 0 ? (
          <strong>{composer.over(n(-left))}</strong>
        ) : left < COUNT_FROM ? (
          composer.left(n(left))
        ) : offline ? (
          composer.offline
        ) : (
          <span className={styles.keys}>{composer.hint}</span>
        )}
      </p>
    </form>
  );
});

/** A text that cannot be sent any more but is not lost either. */
export function Unsent({ text, label }: { text: string; label?: string }) {
  const { page } = useWords().workspace;
  return (
    <div className={styles.unsent}>
      <Field label={label ?? page.closedDraft}>
        {(input) => <textarea {...input} readOnly rows={3} value={text} dir="auto" />}
      </Field>
      <Button
        small
        onClick={() => {
          void copyText(text).then((copied) => announce(copied ? page.copied : page.copyFailed));
        }}
      >
        {page.copy}
      </Button>
    </div>
  );
}
