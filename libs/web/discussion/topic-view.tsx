import { ArrowLeft } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Confidentiality, ThreadWindow } from '#libs/contracts';
import type { PendingCommand, TypingPerson } from '#libs/client';
import { useWords } from '../app/words.js';
import { Button, Skeleton } from '../kit/index.js';
import { Composer, type ComposerField } from './composer.js';
import type { Draft } from '../room/drafts.js';
import { oneLine } from './long-text.js';
import { MessageList } from './message-list.js';
import { PendingState } from '../room/pending-state.js';
import { useRoomTools } from '../room/room-tools.js';
import type { TopicEntry } from './threads.js';
import { pendingMessages } from './timeline.js';
import { isFreeKey } from '../room/free-key.js';
import { useDraft } from '../room/use-draft.js';
import styles from './discussion.module.css';

export interface TopicViewProps {
  topic: TopicEntry;
  window: ThreadWindow | undefined;
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
  pending,
  typing,
  loading,
  online,
  blocked,
  confidentiality,
  onBack,
}: TopicViewProps) {
  const { workspace: words } = useWords();
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
  const missing = loaded === undefined && !isNew;
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
  const messages = useMemo(() => loaded?.messages ?? [], [loaded]);

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
  const reply = useCallback(
    (messageId: string) => {
      change((before) => ({ ...before, replyTo: messageId }));
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
      room.send('message.post', {
        threadId: thread.id,
        body: text,
        ...(replyTo === undefined ? {} : { replyTo }),
      });
    },
    [room, thread.id],
  );
  const onTyping = useCallback(() => {
    if (!savesData()) room.typing(thread.id);
  }, [room, thread.id]);

  const writing = typing.filter((person) => person.threadId === thread.id).map((person) => person.name);
  const mayReply = blocked === null;

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
      </header>
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
        <MessageList
          title={thread.title}
          messages={messages}
          pending={own}
          mayReply={mayReply}
          onOlder={older}
          loading={loading}
          onReply={reply}
        />
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
        onSend={send}
        onTyping={onTyping}
      />
    </section>
  );
}

// Someone who saves data does not pay for telling others that a key was pressed.
function savesData(): boolean {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };
  return connection?.saveData === true;
}
