import { Pin } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { MessageView, ThreadView } from '#libs/contracts';
import { useWords } from '../app/words.js';
import { useRoomTools } from '../room/room-tools.js';
import { oneLine } from '../messages/long-text.js';
import styles from './discussion.module.css';

/** The pinned messages of a topic, folded; what is not loaded is fetched when somebody unfolds them. */
export function Pins({
  thread,
  messages,
  onGo,
}: {
  thread: ThreadView;
  messages: readonly MessageView[];
  onGo: (no: number) => void;
}) {
  const { talk: say } = useWords().workspace;
  const { room } = useRoomTools();
  const [open, setOpen] = useState(false);
  const [fetched, setFetched] = useState<readonly MessageView[]>([]);
  const [failed, setFailed] = useState(false);
  const { id, pins } = thread;

  const known = useMemo(() => {
    const byId = new Map(fetched.map((message) => [message.id, message]));
    for (const message of messages) if (message.pinned) byId.set(message.id, message);
    return byId;
  }, [fetched, messages]);
  const missing = pins.some(({ messageId }) => !known.has(messageId));
  useEffect(() => {
    if (!open || !missing) return;
    let current = true;
    room.pinned(id).then(
      (found) => {
        if (current) setFetched(found);
      },
      () => {
        if (current) setFailed(true);
      },
    );
    return () => {
      current = false;
    };
  }, [open, missing, room, id]);

  if (pins.length === 0) return null;
  return (
    <details className={styles.pins} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Pin size={18} aria-hidden="true" />
        {say.pinned(pins.length)}
      </summary>
      {failed && missing && <p className={styles.stuck}>{say.pinsFailed}</p>}
      <ul role="list" className={styles.pinList}>
        {pins.flatMap(({ messageId, no }) => {
          const message = known.get(messageId);
          if (!message) return [];
          return [
            <li key={messageId}>
              <button type="button" className={styles.pin} onClick={() => onGo(no)}>
                <strong>{message.author.name}</strong>
                <span dir="auto">{oneLine(message.body, 140)}</span>
              </button>
            </li>,
          ];
        })}
      </ul>
    </details>
  );
}
