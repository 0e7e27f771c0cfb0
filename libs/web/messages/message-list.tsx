import { ArrowDown } from 'lucide-react';
import { memo, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { MessageView, ReactionCode } from '#libs/contracts';
import type { PendingCommand } from '#libs/client';
import { dateWords, daysBetween, jakartaDay } from '#libs/content';
import { useWords } from '../app/words.js';
import { announce, Button } from '../kit/index.js';
import { MessageRow, PendingRow } from './message-row.js';
import { showRow } from './show-row.js';
import { newBelow, timeline } from './timeline.js';
import { useHeard } from './use-heard.js';
import { useMore } from './use-more.js';
import { usePlace } from './use-place.js';
import { useRowKeys } from './use-row-keys.js';
import type { Target } from './use-target.js';
import { useRoomTools } from '../room/room-tools.js';
import styles from './messages.module.css';

/** Rows at the end that are always drawn. */
const NEAR_ROWS = 60;
/** Pages fetched at most to find a message that was answered. */
const JUMP_PAGES = 20;

export interface MessageListProps {
  title: string;
  messages: readonly MessageView[];
  pending: readonly PendingCommand<'message.post'>[];
  mayReply: boolean;
  /** Fetches an older page; false: it could not. */
  onOlder: () => Promise<boolean>;
  loading: boolean;
  /** What is shown lies in the middle of the topic: there are newer messages below. */
  passage: boolean;
  /** Fetches the page behind a passage; false: it could not. */
  onNewer: () => Promise<boolean>;
  onToEnd: () => void;
  /** The message to lead to; another object leads there again. */
  target: Target | null;
  /** The way to a message has begun: until it is there nothing else is fetched. */
  leading: boolean;
  nameOf: (personId: string) => string | null;
  /** Messages from one number to another are on the screen. */
  onShown: (from: number, to: number) => void;
  onReply: (messageId: string) => void;
  onReact: (message: MessageView, code: ReactionCode) => void;
  onEdits: (message: MessageView) => void;
  onMenu: (message: MessageView, opener: HTMLElement) => void;
}

/** The messages of a topic, opened at its end or where its reader is led, with more coming both ways. */
export const MessageList = memo(function MessageList({
  title,
  messages,
  pending,
  mayReply,
  onOlder,
  loading,
  passage,
  onNewer,
  onToEnd,
  target,
  leading,
  nameOf,
  onShown,
  onReply,
  onReact,
  onEdits,
  onMenu,
}: MessageListProps) {
  const words = useWords();
  const { message: say, talk } = words.workspace;
  const { reader } = useRoomTools();

  const entries = useMemo(() => timeline(messages, pending), [messages, pending]);
  const byId = useMemo(() => new Map(messages.map((message) => [message.id, message])), [messages]);
  const first = messages[0]?.no ?? 1;
  const last = messages.at(-1)?.no ?? 0;

  const { list, away, seen, look, toEnd } = usePlace({
    ...{ entries, last, passage, onShown },
    lastOwn: pending.at(-1)?.commandId,
  });
  useHeard(messages, passage);

  // ---------- a place that somebody was led to ----------
  const [reached, setReached] = useState<object | null>(null);
  useLayoutEffect(() => {
    if (!target || reached === target) return;
    const row = list.current?.querySelector<HTMLElement>(`[data-no="${target.no}"]`);
    if (!row) return;
    setReached(target);
    if (target.quiet) row.scrollIntoView({ block: 'center' });
    else showRow(row);
    look();
  }, [list, target, reached, messages, look]);
  // A passage opens at its end, where more would be fetched: not before its reader is where they wanted to be.
  const still = leading || (passage && target !== null && reached !== target);

  const hasOlder = first > 1;
  const free = !loading && !still;
  const {
    mark: top,
    failed: olderFailed,
    more: older,
  } = useMore({ list, side: 'above', wanted: hasOlder && free, fetchPage: onOlder, edge: first });
  const {
    mark: bottom,
    failed: newerFailed,
    more: newer,
  } = useMore({ list, side: 'below', wanted: passage && free, fetchPage: onNewer, edge: last });

  // ---------- jumping to what was answered ----------
  const loaded = useRef({ byId, first });
  useLayoutEffect(() => {
    loaded.current = { byId, first };
  }, [byId, first]);
  const jump = useCallback(
    async (messageId: string) => {
      for (let page = 0; page < JUMP_PAGES && !loaded.current.byId.has(messageId); page++) {
        if (loaded.current.first <= 1 || !(await older())) break;
        await new Promise(requestAnimationFrame);
      }
      const row = list.current?.querySelector<HTMLElement>(`[data-message="${messageId}"]`);
      if (!row) {
        announce(say.jumpFailed);
        return;
      }
      showRow(row);
    },
    [list, older, say],
  );
  const onJump = useCallback((messageId: string) => void jump(messageId), [jump]);

  const { chosen, onKeyDown, onFocus } = useRowKeys(mayReply ? onReply : null);
  const current = chosen !== null && byId.has(chosen) ? chosen : (messages.at(-1)?.id ?? null);

  const dates = dateWords(words.language);
  const today = jakartaDay();
  const dayWords = (day: string) => {
    const ago = daysBetween(day, today);
    return ago === 0 ? words.workspace.today : ago === 1 ? words.workspace.yesterday : dates.day(day);
  };
  const quotedBy = (replyTo: string | null | undefined) =>
    replyTo == null ? undefined : (byId.get(replyTo) ?? null);
  const below = passage ? 0 : newBelow(messages, seen, reader.id);

  return (
    <div className={styles.listBox}>
      <div ref={list} data-list className={styles.list} onScroll={look}>
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys lead from message to message; the log itself is no control */}
        <div
          className={styles.log}
          role="log"
          // New messages are said, joined, through the page's one live region; older pages are never read out.
          aria-live="off"
          aria-label={say.log(title)}
          onKeyDown={onKeyDown}
          onFocus={onFocus}
        >
          <div ref={top} className={styles.top}>
            {olderFailed ? (
              <p>
                {say.olderFailed}{' '}
                <Button small onClick={() => void older()}>
                  {say.retry}
                </Button>
              </p>
            ) : hasOlder ? (
              <p>{say.loadingOlder}</p>
            ) : (
              messages.length > 0 && <p>{say.start}</p>
            )}
          </div>
          {entries.map((entry) =>
            entry.kind === 'day' ? (
              <h3 key={entry.key} data-day={entry.day} className={styles.day}>
                <span>{dayWords(entry.day)}</span>
              </h3>
            ) : entry.kind === 'message' ? (
              <MessageRow
                key={entry.key}
                message={entry.message}
                opensGroup={entry.opensGroup}
                mine={entry.message.author.id === reader.id}
                quoted={quotedBy(entry.message.replyTo)}
                far={entry.message.no < last - NEAR_ROWS}
                current={entry.message.id === current}
                mayReply={mayReply}
                onReply={onReply}
                onJump={onJump}
                readerId={reader.id}
                nameOf={nameOf}
                onReact={onReact}
                onEdits={onEdits}
                onMenu={onMenu}
              />
            ) : (
              <PendingRow
                key={entry.key}
                command={entry.command}
                name={reader.name}
                quoted={quotedBy(entry.command.data.replyTo)}
              />
            ),
          )}
          {passage && (
            <div ref={bottom} className={styles.top}>
              {newerFailed ? (
                <Button small onClick={() => void newer()}>
                  {say.retry}
                </Button>
              ) : (
                <p>{talk.loadingNewer}</p>
              )}
            </div>
          )}
          {entries.length === 0 && <p className={styles.none}>{mayReply ? say.empty : say.emptyReader}</p>}
        </div>
      </div>
      {away && (
        <Button
          className={styles.pill}
          look={below > 0 ? 'primary' : 'secondary'}
          small
          aria-label={below > 0 ? say.newBelow(below) : say.toEnd}
          onClick={() => {
            if (passage) onToEnd();
            toEnd();
          }}
        >
          <ArrowDown size={18} aria-hidden="true" />
          {below > 0 && say.newBelow(below)}
        </Button>
      )}
    </div>
  );
});
