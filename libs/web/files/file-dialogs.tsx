import { useState } from 'react';
import type { FileView } from '#libs/contracts';
import { errorWords } from '#libs/content';
import { api, asAppError } from '../app/api.js';
import { useWords } from '../app/words.js';
import { announce, Button, Dialog } from '../kit/index.js';
import { useRoomTools } from '../room/room-tools.js';
import styles from './files.module.css';

/** A picture as large as the screen lets it be. */
export function PicturePreview({ name, url, onClose }: { name: string; url: string; onClose: () => void }) {
  return (
    <Dialog open onClose={onClose} title={name}>
      <img src={url} alt={name} className={styles.picture} />
    </Dialog>
  );
}

/** Asks before a file goes for everybody. */
export function RemoveDialog({
  file,
  hasEarlier,
  onClose,
}: {
  file: FileView;
  hasEarlier: boolean;
  onClose: () => void;
}) {
  const words = useWords();
  const { files: say } = words.workspace;
  const { taskId } = useRoomTools();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const remove = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await api('DELETE', `/api/workspaces/${taskId}/files/${file.id}`);
      announce(say.removed(file.name));
      onClose();
    } catch (error) {
      const { code } = asAppError(error);
      // Somebody else was quicker.
      if (code === 'not-found') onClose();
      else setProblem(code === 'unavailable' ? say.failed : errorWords(asAppError(error).toWire(), words));
      setBusy(false);
    }
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title={say.removeTitle}
      actions={
        <>
          <Button onClick={onClose}>{say.cancel}</Button>
          <Button look="danger" busy={busy} onClick={() => void remove()}>
            {say.remove}
          </Button>
        </>
      }
    >
      <p>{say.removeBody(file.name)}</p>
      {hasEarlier && <p>{say.removeEarlier}</p>}
      {problem !== null && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
    </Dialog>
  );
}
