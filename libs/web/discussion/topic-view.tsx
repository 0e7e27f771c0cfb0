import { ArrowLeft, CircleCheck } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Confidentiality, MessageView, ThreadWindow, WorkspaceRights } from '#libs/contracts';
import type { PendingCommand, TypingPerson, ThreadReading } from '#libs/client';
import { useScreenAction } from '../app/screen-actions.js';
import { useWords } from '../app/words.js';
import { Button, showToast, Skeleton } from '../kit/index.js';
import { dateWords } from '#libs/content';
import { Composer, type ComposerField } from '../composer/composer.js';
import type { Draft } from '../room/drafts.js';
import { oneLine } from '../messages/long-text.js';
import { mentionsIn, type Candidate } from '../composer/mentions.js';
import { ResolveDialog } from '../messages/message-dialogs.js';
import { MessageList } from '../messages/message-list.js';
import { Pins } from './pins.js';
import { useMessageActions } from '../messages/use-message-actions.js';
import { useReading } from './use-reading.js';
import { useTarget } from '../messages/use-target.js';
import { PendingState } from '../room/pending-state.js';
import { useRoomTools } from '../room/room-tools.js';
import type { TopicEntry } from './threads.js';
import { pendingMessages } from '../messages/timeline.js';
import { isFreeKey } from '../app/free-key.js';
import { useDraft } from '../room/use-draft.js';
import styles from './discussion.module.css';

export interface TopicViewProps {
  topic: TopicEntry;
  window: ThreadWindow | undefined;
  /** What is open in the middle of the topic, in place of its end. */
  passage: ThreadWindow | undefined;
  /** How far the person has read; undefined while that is not known. */
  reading: ThreadReading | undefined;
  /** The message that the address leads to. */
  messageNo: number | null;
  rights: WorkspaceRights;
  candidates: readonly Candidate[];
  nameOf: (personId: string) => string | null;
  /** The address leads to no message any more. */
  onPlain: () => void;
  pending: readonly PendingCommand[];
  typing: readonly TypingPerson[];
  loading: boolean;
  online: boolean;
  blocked: string | null;
  confidentiality: Confidentiality;
  onBack: (() => void) | null;
}

/** One topic: its messages and the composer. Another topic is another component (`key`). */
export function TopicView({
  topic,
  window: loaded,
  passage,
  reading,
  messageNo,
  rights,
  candidates,
  nameOf,
  onPlain,
  pending,
  typing,
  loading,
  online,
  blocked,
  confidentiality,
  onBack,
}: TopicViewProps) {
  const all = useWords();
  const words = all.workspace;
  const { talk: say } = words;
  const { undo } = all.common;
  const { room, reader, taskId } = useRoomTools();
  const { thread, opening } = topic;
  const kept = useDraft(reader.id, taskId, thread.id);
  const { draft, change } = kept;

  // ---------- messages ----------
  const [failed, setFailed] = useState(false);
  const older = useCallback(async () => {
    try {
      await room.loadOlder(thread.id);
      return true;
    } catch {
      // Offline, or the server could not: the list says so and offers to try again.
      return false;
    }
  }, [room, thread.id]);
  const isNew = opening !== null;
  const missing = loaded === undefined && passage === undefined && !isNew;
  useEffect(() => {
    if (!missing || !online) return;
    let current = true;
    void older().then((done) => {
      if (current) setFailed(!done);
    });
    return () => {
      current = false;
    };
  }, [missing, online, older]);

  const own = useMemo(() => pendingMessages(pending, thread.id), [pending, thread.id]);
  const open = passage ?? loaded;
  const messages = useMemo(() => open?.messages ?? [], [open]);
  const newer = useCallback(async () => {
    try {
      await room.loadNewer(thread.id);
      return true;
    } catch {
      // The list offers to try again.
      return false;
    }
  }, [room, thread.id]);
  const { target, leading, go } = useTarget(thread.id, messageNo, online && !isNew);
  const led = messageNo !== null;
  const lead = useMemo(() => (led ? null : (no: number) => go(no, true)), [led, go]);
  const { onShown, above, markUnread, undoUnread } = useReading(thread.id, reading, lead);
  const toEnd = useCallback(() => {
    room.toEnd(thread.id);
    onPlain();
  }, [room, thread.id, onPlain]);

  // ---------- writing ----------
  const composer = useRef<ComposerField>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'n' || !isFreeKey(event)) return;
      event.preventDefault();
      composer.current?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  useScreenAction(blocked === null ? all.workspace.composer.label : null, () => composer.current?.focus());
  const reply = useCallback(
    (messageId: string) => {
      change((before) => ({ ...before, replyTo: messageId }));
      composer.current?.focus();
    },
    [change],
  );
  const quote = useCallback(
    (message: MessageView) => {
      const cited = message.body.replace(/^/gm, '> ');
      change((before) => ({
        ...before,
        text: `${before.text}${before.text === '' || before.text.endsWith('\n') ? '' : '\n'}${cited}\n`,
        replyTo: message.id,
      }));
      composer.current?.focus();
    },
    [change],
  );
  const answered = messages.find((message) => message.id === draft.replyTo);
  const replyingTo = useMemo(
    () => (answered ? { name: answered.author.name, text: oneLine(answered.body, 90) } : null),
    [answered],
  );
  const send = useCallback(
    ({ text, replyTo }: Draft) => {
      const mentions = mentionsIn(text, candidates);
      room.send('message.post', {
        threadId: thread.id,
        body: text,
        ...(mentions.length > 0 && { mentions }),
        ...(replyTo === undefined ? {} : { replyTo }),
      });
    },
    [room, thread.id, candidates],
  );
  const onTyping = useCallback(() => {
    if (!savesData()) room.typing(thread.id);
  }, [room, thread.id]);

  const unread = useCallback(
    ({ no }: MessageView) => {
      markUnread(no).then(
        () => showToast({ text: say.markedUnread, action: { label: undo, run: undoUnread } }),
        () => showToast({ text: say.notMarked }),
      );
    },
    [markUnread, undoUnread, say, undo],
  );

  const writing = typing.filter((person) => person.threadId === thread.id).map((person) => person.name);
  const mayReply = blocked === null;
  const actions = useMessageActions({
    threadId: thread.id,
    messages,
    may: { write: mayReply, moderate: rights.moderate },
    candidates,
    onReply: reply,
    onQuote: quote,
    onUnread: unread,
  });
  const mayEnd = mayReply && !isNew && (rights.moderate || thread.createdBy.id === reader.id);
  const [ending, setEnding] = useState(false);
  // What was refused after its dialog was closed still has to be seen, and can be sent again.
  const stuck = pending.filter(
    (command) =>
      (command.state === 'failed' || command.state === 'old') &&
      (command.type.startsWith('message.') || command.type.startsWith('thread.')) &&
      command.type !== 'message.post' &&
      command.type !== 'thread.open',
  );

  return (
    <section className={styles.topic} aria-labelledby="topic-title">
      <header className={styles.topicHead}>
        {onBack && (
          <Button look="quiet" small onClick={onBack} aria-label={words.thread.back}>
            <ArrowLeft size={20} aria-hidden="true" />
          </Button>
        )}
        <h2 id="topic-title" dir="auto">
          {thread.title}
        </h2>
        {mayEnd && thread.resolved === null && (
          <Button look="quiet" small className={styles.end} onClick={() => setEnding(true)}>
            <CircleCheck size={18} aria-hidden="true" />
            {say.resolve}
          </Button>
        )}
      </header>
      {thread.resolved && (
        <div className={styles.settled}>
          <p>
            <strong dir="auto">{thread.resolved.conclusion}</strong>
            <br />
            <small>
              {say.resolved(thread.resolved.by.name, dateWords(all.language).short(thread.resolved.at))}
            </small>
          </p>
          {mayEnd && (
            <Button small onClick={() => room.send('thread.reopen', { threadId: thread.id })}>
              {say.reopen}
            </Button>
          )}
        </div>
      )}
      <Pins thread={thread} messages={messages} onGo={go} />
      {stuck.map((command) => (
        <div key={command.commandId} className={styles.stuck}>
          <PendingState command={command} {...('body' in command.data && { text: command.data.body })} />
        </div>
      ))}
      {opening && <PendingState command={opening} text={opening.data.title} />}
      {missing ? (
        <div className={styles.waiting}>
          {failed || !online ? (
            <p>
              {words.message.olderFailed}{' '}
              <Button
                small
                onClick={() => {
                  setFailed(false);
                  void older().then((done) => setFailed(!done));
                }}
              >
                {words.message.retry}
              </Button>
            </p>
          ) : (
            <Skeleton lines={6} />
          )}
        </div>
      ) : (
        <>
          {above && reading && (
            <p className={styles.unreadAbove}>
              <Button small onClick={() => go(reading.firstUnread)}>
                ↑ {words.message.unreadAbove(reading.unread)}
              </Button>
            </p>
          )}
          <MessageList
            title={thread.title}
            messages={messages}
            pending={own}
            mayReply={mayReply}
            onOlder={older}
            loading={loading}
            passage={passage !== undefined}
            onNewer={newer}
            onToEnd={toEnd}
            target={target}
            leading={leading}
            nameOf={nameOf}
            onShown={onShown}
            onReply={reply}
            onReact={actions.react}
            onEdits={actions.showEdits}
            onMenu={actions.openMenu}
          />
        </>
      )}
      <p className={styles.typing} aria-hidden={writing.length === 0 || undefined}>
        {writing.length > 0 && words.message.typing(writing)}
      </p>
      <Composer
        field={composer}
        kept={kept}
        confidentiality={confidentiality}
        offline={!online}
        blocked={blocked}
        replyingTo={replyingTo}
        candidates={candidates}
        onSend={send}
        onTyping={onTyping}
      />
      {actions.element}
      {ending && <ResolveDialog threadId={thread.id} onClose={() => setEnding(false)} />}
    </section>
  );
}

// Someone who saves data does not pay for telling others that a key was pressed.
function savesData(): boolean {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };
  return connection?.saveData === true;
}
