import { Clock, CircleAlert, SendHorizontal } from 'lucide-react';
import { useState } from 'react';
import type { PendingCommand } from '#libs/client';
import { errorWords } from '#libs/content';
import { useWords } from '../app/words.js';
import { announce, Button } from '../kit/index.js';
import { copyText } from './copy-text.js';
import { useRoomTools } from './room-tools.js';
import styles from './pending-state.module.css';

/** Where an unsent command stands, in words, and what its owner can do about it. `text` is what can be copied. */
export function PendingState({ command, text }: { command: PendingCommand; text?: string }) {
  const words = useWords();
  const { room } = useRoomTools();
  const { message } = words.workspace;
  const [copyFailed, setCopyFailed] = useState(false);

  if (command.state === 'queued' || command.state === 'sending') {
    const waits = command.state === 'queued';
    const Icon = waits ? Clock : SendHorizontal;
    return (
      <p className={styles.state}>
        <Icon size={16} aria-hidden="true" />
        {waits ? message.states.waiting : message.states.sending}
      </p>
    );
  }

  const old = command.state === 'old';
  const copy = async () => {
    const copied = text !== undefined && (await copyText(text));
    setCopyFailed(!copied);
    announce(copied ? words.workspace.page.copied : words.workspace.page.copyFailed);
  };
  return (
    <div className={styles.failed}>
      <p className={styles.reason}>
        <CircleAlert size={18} aria-hidden="true" />
        <span>
          <strong>{old ? message.states.ask : message.states.failed}.</strong>{' '}
          {old ? message.askOld : command.error ? errorWords(command.error, words) : message.failedKept}
        </span>
      </p>
      <div className={styles.actions}>
        <Button small onClick={() => room.retry(command.commandId)}>
          {old ? message.send : message.retry}
        </Button>
        {text !== undefined && (
          <Button small onClick={() => void copy()}>
            {message.copy}
          </Button>
        )}
        <Button
          small
          look="quiet"
          onClick={() => {
            room.discard(command.commandId);
            announce(message.discarded);
          }}
        >
          {message.discard}
        </Button>
      </div>
      {copyFailed && <p className={styles.state}>{words.workspace.page.copyFailed}</p>}
    </div>
  );
}
