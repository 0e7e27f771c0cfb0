import { CornerUpLeft, EllipsisVertical, Paperclip, Reply } from 'lucide-react';
import { memo } from 'react';
import type { MessageKind, MessageView, ReactionCode } from '#libs/contracts';
import type { PendingCommand } from '#libs/client';
import { dateWords, type Tone } from '#libs/content';
import { useWords } from '../app/words.js';
import { Button, Chip, classes } from '../kit/index.js';
import { oneLine } from './long-text.js';
import { DeletedTrace, MessageMarks } from './message-marks.js';
import { MessageText } from './message-text.js';
import { PendingState } from '../room/pending-state.js';
import { initials } from '../room/people.js';
import styles from './messages.module.css';

const KIND_TONES: Record<MessageKind, Tone> = {
  MESSAGE: 'neutral',
  DIRECTIVE: 'running',
  DECISION_REQUEST: 'decision',
  STATUS_NOTE: 'neutral',
  ESCALATION: 'attention',
  SYSTEM: 'quiet',
};

export interface MessageRowProps {
  message: MessageView;
  opensGroup: boolean;
  mine: boolean;
  /** The message this one answers; `null`: it is not among the loaded ones; `undefined`: it answers none. */
  quoted: MessageView | null | undefined;
  /** Far from the end: drawn only while in sight. */
  far: boolean;
  /** This row is the list's one stop for the Tab key. */
  current: boolean;
  mayReply: boolean;
  onReply: (messageId: string) => void;
  onJump: (messageId: string) => void;
  readerId: string;
  nameOf: (personId: string) => string | null;
  onReact: (message: MessageView, code: ReactionCode) => void;
  onEdits: (message: MessageView) => void;
  onMenu: (message: MessageView, opener: HTMLElement) => void;
}

/** One message. Drawn again only when something of it changes. */
export const MessageRow = memo(function MessageRow({
  message,
  opensGroup,
  mine,
  quoted,
  far,
  current,
  mayReply,
  onReply,
  onJump,
  readerId,
  nameOf,
  onReact,
  onEdits,
  onMenu,
}: MessageRowProps) {
  const words = useWords();
  const { message: say, talk } = words.workspace;
  const dates = dateWords(words.language);
  const { author, postedAt, kind, replyTo } = message;
  const stop = current ? 0 : -1;
  const full = dates.full(postedAt);
  return (
    // A stop for the arrow keys: what is focused can be answered with R.
    <article
      tabIndex={stop}
      data-message={message.id}
      data-no={message.no}
      aria-label={`${author.name}${author.opd ? `, ${author.opd}` : ''}, ${full}`}
      className={classes(styles.row, opensGroup && styles.opens, mine && styles.mine, far && styles.far)}
    >
      <div className={styles.gutter} aria-hidden="true">
        {opensGroup ? (
          <span className={styles.mark}>{initials(author.name)}</span>
        ) : (
          <time dateTime={postedAt} title={full}>
            {dates.time(postedAt)}
          </time>
        )}
      </div>
      <div className={styles.body}>
        {opensGroup && (
          <p className={styles.author}>
            <bdi className={styles.name}>{author.name}</bdi>
            {author.opd && <span className={styles.unit}>{author.opd}</span>}
            <time dateTime={postedAt} title={full}>
              {dates.time(postedAt)}
            </time>
            {kind !== 'MESSAGE' && <Chip tone={KIND_TONES[kind]}>{say.kinds[kind]}</Chip>}
          </p>
        )}
        {replyTo !== null && <Quote replyTo={replyTo} quoted={quoted} stop={stop} onJump={onJump} />}
        {message.deleted ? (
          <DeletedTrace deleted={message.deleted} />
        ) : (
          <MessageText text={message.body} mentions={message.mentions} />
        )}
        {message.attachments.length > 0 && (
          <ul role="list" className={styles.files}>
            {message.attachments.map((name) => (
              <li key={name} title={say.attachmentNote}>
                <Paperclip size={16} aria-hidden="true" />
                <bdi>{say.attachment(name)}</bdi>
              </li>
            ))}
          </ul>
        )}
        <MessageMarks
          message={message}
          readerId={readerId}
          nameOf={nameOf}
          stop={stop}
          mayReact={mayReply}
          onReact={onReact}
          onEdits={onEdits}
        />
      </div>
      <div className={styles.rowTools}>
        {mayReply && !message.deleted && (
          <Button
            look="quiet"
            small
            tabIndex={stop}
            className={classes(styles.reply, styles.replyOne)}
            aria-label={`${say.reply}: ${author.name}`}
            onClick={() => onReply(message.id)}
          >
            <Reply size={18} aria-hidden="true" />
            <span className={styles.replyWord}>{say.reply}</span>
          </Button>
        )}
        <Button
          look="quiet"
          small
          square
          tabIndex={stop}
          className={styles.reply}
          aria-haspopup="menu"
          aria-label={talk.menu(author.name)}
          onClick={(event) => onMenu(message, event.currentTarget)}
        >
          <EllipsisVertical size={20} aria-hidden="true" />
        </Button>
      </div>
    </article>
  );
});

function Quote({
  replyTo,
  quoted,
  stop,
  onJump,
}: {
  replyTo: string;
  quoted: MessageView | null | undefined;
  stop: number;
  onJump: (messageId: string) => void;
}) {
  const { message: say } = useWords().workspace;
  return (
    <button
      type="button"
      tabIndex={stop}
      className={styles.quote}
      title={say.jump}
      onClick={() => onJump(replyTo)}
    >
      <CornerUpLeft size={16} aria-hidden="true" />
      {quoted ? (
        <span className={styles.quoteText}>
          <span className={styles.quoteName}>{say.quoted(quoted.author.name)}</span>
          <span dir="auto">{oneLine(quoted.body, 120)}</span>
        </span>
      ) : (
        <span className={styles.quoteText}>{say.quotedOlder}</span>
      )}
    </button>
  );
}

/** The reader's own message while it is on its way, or when it could not go. */
export const PendingRow = memo(function PendingRow({
  command,
  name,
  quoted,
}: {
  command: PendingCommand<'message.post'>;
  name: string;
  quoted: MessageView | null | undefined;
}) {
  const { message: say } = useWords().workspace;
  return (
    <article
      className={classes(styles.row, styles.opens, styles.mine, styles.pending)}
      aria-label={name}
      data-pending={command.state}
    >
      <div className={styles.gutter} aria-hidden="true">
        <span className={styles.mark}>{initials(name)}</span>
      </div>
      <div className={styles.body}>
        <p className={styles.author}>
          <bdi className={styles.name}>{name}</bdi>
        </p>
        {command.data.replyTo && (
          <p className={styles.quoteStill}>
            {quoted ? `${say.quoted(quoted.author.name)}: ${oneLine(quoted.body, 120)}` : say.quotedOlder}
          </p>
        )}
        <MessageText text={command.data.body} />
        <PendingState command={command} text={command.data.body} />
      </div>
    </article>
  );
});
