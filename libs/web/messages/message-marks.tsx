import { Pin } from 'lucide-react';
import { memo } from 'react';
import type { MessageView, ReactionCode } from '#libs/contracts';
import { dateWords } from '#libs/content';
import { useWords } from '../app/words.js';
import { Button, classes } from '../kit/index.js';
import { REACTION_ICONS } from './message-menu.js';
import styles from './message-actions.module.css';

/** What is left to see of a deleted message. */
export function DeletedTrace({ deleted }: { deleted: NonNullable<MessageView['deleted']> }) {
  const words = useWords();
  const { talk: say } = words.workspace;
  return (
    <p className={styles.gone}>
      {say.deletedBy(deleted.by.name, dateWords(words.language).short(deleted.at))}
      {deleted.reason !== null && <bdi> {say.deletedReason(deleted.reason)}</bdi>}
    </p>
  );
}

/** Below the words: whether they were changed, whether they are pinned, and who answered without any. */
export const MessageMarks = memo(function MessageMarks({
  message,
  readerId,
  nameOf,
  stop,
  mayReact,
  onReact,
  onEdits,
}: {
  message: MessageView;
  readerId: string;
  nameOf: (personId: string) => string | null;
  stop: number;
  mayReact: boolean;
  onReact: (message: MessageView, code: ReactionCode) => void;
  onEdits: (message: MessageView) => void;
}) {
  const words = useWords();
  const { talk: say, message: message_ } = words.workspace;
  const { editedAt, pinned, reactions } = message;
  const names = (ids: readonly string[]) =>
    ids.map((id) => (id === readerId ? message_.you : (nameOf(id) ?? say.someone))).join(', ');
  return (
    <>
      {(editedAt !== null || pinned !== null) && (
        <p className={styles.marks}>
          {editedAt !== null && (
            <button
              type="button"
              tabIndex={stop}
              className={styles.edited}
              title={say.editedTitle(dateWords(words.language).full(editedAt))}
              onClick={() => onEdits(message)}
            >
              {say.edited}
            </button>
          )}
          {pinned !== null && (
            <span className={styles.mark}>
              <Pin size={14} aria-hidden="true" />
              {say.pinnedMark}
            </span>
          )}
        </p>
      )}
      {reactions.length > 0 && (
        <div className={styles.reactions}>
          {reactions.map(({ code, personIds }) => {
            const Icon = REACTION_ICONS[code];
            const own = personIds.includes(readerId);
            return (
              <Button
                key={code}
                small
                tabIndex={stop}
                className={classes(styles.reaction, own && styles.own)}
                aria-pressed={own}
                aria-disabled={!mayReact || undefined}
                title={say.reactedBy(say.reactions[code], names(personIds))}
                onClick={() => {
                  if (mayReact) onReact(message, code);
                }}
              >
                <Icon size={16} aria-hidden="true" />
                {say.reactions[code]} {personIds.length}
              </Button>
            );
          })}
        </div>
      )}
    </>
  );
});
