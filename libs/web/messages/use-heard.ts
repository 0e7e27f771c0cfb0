import { useEffect, useRef } from 'react';
import type { MessageView } from '#libs/contracts';
import { useWords } from '../app/words.js';
import { useRoomTools } from '../room/room-tools.js';
import { oneLine } from './long-text.js';

/** Tells those who listen of new messages of others. */
export function useHeard(messages: readonly MessageView[], passage: boolean): void {
  const { message: say } = useWords().workspace;
  const { reader, say: tell } = useRoomTools();
  const last = messages.at(-1)?.no ?? 0;
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
}
