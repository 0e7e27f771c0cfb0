import { ArrowDown } from 'lucide-react';
import {
  type KeyboardEvent,
  memo,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { MessageView, ReactionCode } from '#libs/contracts';
import type { PendingCommand } from '#libs/client';
import { dateWords, daysBetween, jakartaDay } from '#libs/content';
import { useWords } from '../app/words.js';
import { announce, Button } from '../kit/index.js';
import { MessageRow, PendingRow } from './message-row.js';
import { oneLine } from './long-text.js';
import { afterChange, isAtEnd } from './scrolling.js';
import { newBelow, timeline } from './timeline.js';
import { visibleRange } from './visible-range.js';
import type { Target } from './use-target.js';
import { useRoomTools } from '../room/room-tools.js';
import styles from './discussion.module.css';

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
  const { reader, say: tell } = useRoomTools();
  const list = useRef<HTMLDivElement>(null);
  const top = useRef<HTMLDivElement>(null);
  const bottom = useRef<HTMLDivElement>(null);

  const entries = useMemo(() => timeline(messages, pending), [messages, pending]);
  const byId = useMemo(() => new Map(messages.map((message) => [message.id, message])), [messages]);
  const first = messages[0]?.no ?? 1;
  const last = messages.at(-1)?.no ?? 0;

  // ---------- where the reader is ----------
  const [away, setAway] = useState(false);
  const [seen, setSeen] = useState(last);
  const position = useRef<{ atEnd: boolean; anchor: Element | null; at: number }>({
    atEnd: true,
    anchor: null,
    at: 0,
  });

  const look = useCallback(() => {
    const box = list.current;
    if (!box) return;
    const { left, top: boxTop, width } = box.getBoundingClientRect();
    const atEnd = isAtEnd(box.scrollTop);
    const hit = document.elementFromPoint(left + width / 2, boxTop + 12);
    // Between two rows, or under a dialog, the row before stays the measure.
    const row = hit && box.contains(hit) ? hit.closest('[data-message], [data-day]') : null;
    const anchor = row ?? position.current.anchor;
    position.current = { atEnd, anchor, at: anchor ? anchor.getBoundingClientRect().top - boxTop : 0 };
    setAway(!atEnd || passage);
    const rows = box.querySelectorAll<HTMLElement>('[data-no]');
    const extentOf = (at: number) => rows[at]?.getBoundingClientRect() ?? { top: 0, bottom: 0 };
    const shown = visibleRange(rows.length, extentOf, box.getBoundingClientRect());
    if (shown) onShown(Number(rows[shown[0]]?.dataset.no), Number(rows[shown[1]]?.dataset.no));
  }, [passage, onShown]);

  const lastOwn = pending.at(-1)?.commandId;
  const lastOwnBefore = useRef(lastOwn);
  useLayoutEffect(() => {
    const box = list.current;
    if (!box) return;
    const { atEnd, anchor, at } = position.current;
    const ownEntered = lastOwn !== undefined && lastOwn !== lastOwnBefore.current;
    lastOwnBefore.current = lastOwn;
    const anchorMoved = anchor?.isConnected
      ? anchor.getBoundingClientRect().top - box.getBoundingClientRect().top - at
      : null;
    const next = afterChange({ wasAtEnd: atEnd && !passage, ownEntered, anchorMoved });
    if (next && 'to' in next) box.scrollTop = 0;
    else if (next) box.scrollTop += next.by;
    look();
  }, [entries, lastOwn, look, passage]);

  // At the end and looked at, everything is seen.
  useEffect(() => {
    if (!away && !passage && document.visibilityState === 'visible') setSeen(last);
  }, [away, passage, last]);
  useEffect(() => {
    const back = () => {
      if (document.visibilityState === 'visible' && position.current.atEnd) setSeen(last);
    };
    document.addEventListener('visibilitychange', back);
    return () => document.removeEventListener('visibilitychange', back);
  }, [last]);

  // ---------- new messages, for those who listen ----------
  const heard = useRef(last);
  const wasPassage = useRef(passage);
  useEffect(() => {
    // Who reads in the middle, or comes back from there, is not told what was written meanwhile.
    const quiet = passage || wasPassage.current;
    wasPassage.current = passage;
    for (const message of quiet ? [] : messages.slice(-20)) {
      if (message.no <= heard.current || message.author.id === reader.id) continue;
      tell(say.announced(message.author.name, oneLine(message.body, 140)), message.id);
    }
    heard.current = Math.max(heard.current, last);
  }, [messages, last, passage, reader.id, say, tell]);

  // ---------- a place that somebody was led to ----------
  const [reached, setReached] = useState<object | null>(null);
  useLayoutEffect(() => {
    if (!target || reached === target) return;
    const row = list.current?.querySelector<HTMLElement>(`[data-no="${target.no}"]`);
    if (!row) return;
    setReached(target);
    if (target.quiet) row.scrollIntoView({ block: 'center' });
    else show(row);
    look();
  }, [target, reached, messages, look]);
  // A passage opens at its end, where more would be fetched: not before its reader is where they wanted to be.
  const still = leading || (passage && target !== null && reached !== target);

  // ---------- older pages ----------
  const more = first > 1;
  const [failed, setFailed] = useState(false);
  const older = useCallback(async () => {
    setFailed(false);
    const loaded = await onOlder();
    setFailed(!loaded);
    return loaded;
  }, [onOlder]);

  useEffect(() => {
    const mark = top.current;
    if (!mark || !more || failed || loading || still) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) void older();
      },
      { root: list.current, rootMargin: '500px 0px 0px 0px' },
    );
    observer.observe(mark);
    return () => observer.disconnect();
  }, [more, failed, loading, still, older, first]);

  // ---------- newer pages, below a passage ----------
  const [newerFailed, setNewerFailed] = useState(false);
  useEffect(() => {
    const mark = bottom.current;
    if (!mark || !passage || newerFailed || loading || still) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) void onNewer().then((done) => setNewerFailed(!done));
      },
      { root: list.current, rootMargin: '0px 0px 500px 0px' },
    );
    observer.observe(mark);
    return () => observer.disconnect();
  }, [passage, newerFailed, loading, still, onNewer, last]);

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
      show(row);
    },
    [older, say],
  );
  const onJump = useCallback((messageId: string) => void jump(messageId), [jump]);

  // ---------- keys ----------
  const [chosen, setChosen] = useState<string | null>(null);
  const current = chosen !== null && byId.has(chosen) ? chosen : (messages.at(-1)?.id ?? null);
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const row =
      event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-message]') : null;
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-message]') ?? [])];
      const next = rows[rows.indexOf(row) + (event.key === 'ArrowUp' ? -1 : 1)];
      event.preventDefault();
      next?.focus();
      next?.scrollIntoView({ block: 'nearest' });
    } else if (event.key.toLowerCase() === 'r' && mayReply && row.dataset.message) {
      event.preventDefault();
      onReply(row.dataset.message);
    }
  };

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
          onFocus={(event) => {
            const row = event.target.closest<HTMLElement>('[data-message]');
            if (row?.dataset.message) setChosen(row.dataset.message);
          }}
        >
          <div ref={top} className={styles.top}>
            {failed ? (
              <p>
                {say.olderFailed}{' '}
                <Button small onClick={() => void older()}>
                  {say.retry}
                </Button>
              </p>
            ) : more ? (
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
                <Button small onClick={() => setNewerFailed(false)}>
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
            if (list.current) list.current.scrollTop = 0;
            position.current = { ...position.current, atEnd: true };
            setSeen(last);
          }}
        >
          <ArrowDown size={18} aria-hidden="true" />
          {below > 0 && say.newBelow(below)}
        </Button>
      )}
    </div>
  );
});

/** Brings a message into the middle, with the focus on it, and tints it for a moment. */
function show(row: HTMLElement): void {
  row.scrollIntoView({ block: 'center' });
  row.focus({ preventScroll: true });
  if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  row.animate([{ background: 'var(--tone-attention-soft)' }, {}], { duration: 2_000 });
}
