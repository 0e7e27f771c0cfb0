import { Camera, FileUp } from 'lucide-react';
import { type DragEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { FileView, WorkspaceRights } from '#libs/contracts';
import { useWords } from '../app/words.js';
import { Button, classes, EmptyState } from '../kit/index.js';
import panels from '../room/panels.module.css';
import { fileLines } from './file-lines.js';
import { FileRow } from './file-row.js';
import styles from './files.module.css';
import { UploadRows } from './upload-rows.js';
import { useUploads } from './use-uploads.js';

/** The files of a workspace, and where new ones come in: by a button, by dragging, pasting, or the camera. */
export function FilesTab({
  files,
  rights,
  blocked,
}: {
  files: readonly FileView[];
  rights: WorkspaceRights;
  /** Why the task can only be read. */
  blocked: string | null;
}) {
  const { files: say } = useWords().workspace;
  const { queue, rows } = useUploads();
  const lines = useMemo(() => fileLines(files), [files]);
  const mayAdd = rights.files !== 'none';
  const [over, setOver] = useState(false);
  const chooser = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const replaced = useRef<string>(undefined);

  useEffect(() => {
    if (!mayAdd) return;
    const paste = (event: ClipboardEvent) => {
      const pasted = [...(event.clipboardData?.files ?? [])];
      if (pasted.length === 0 || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      queue.add(pasted);
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, [mayAdd, queue]);

  const take = (input: HTMLInputElement) => {
    const [first] = input.files ?? [];
    if (replaced.current !== undefined && first) queue.add([first], replaced.current);
    else queue.add([...(input.files ?? [])]);
    replaced.current = undefined;
    // The same file may be chosen again.
    input.value = '';
  };
  const choose = (replaces?: string) => {
    replaced.current = replaces;
    if (chooser.current) chooser.current.multiple = replaces === undefined;
    chooser.current?.click();
  };
  const hold = (event: DragEvent) => {
    if (!mayAdd || !event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setOver(true);
  };

  return (
    <div
      className={classes(panels.column, styles.files, over && styles.over)}
      onDragEnter={hold}
      onDragOver={hold}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        if (!mayAdd) return;
        event.preventDefault();
        setOver(false);
        queue.add([...event.dataTransfer.files]);
      }}
    >
      {mayAdd ? (
        <div className={styles.add}>
          <div className={styles.buttons}>
            <Button look="primary" onClick={() => choose()}>
              <FileUp size={20} aria-hidden="true" />
              {say.add}
            </Button>
            <Button className={styles.camera} onClick={() => camera.current?.click()}>
              <Camera size={20} aria-hidden="true" />
              {say.photo}
            </Button>
          </div>
          <input
            ref={chooser}
            type="file"
            multiple
            hidden
            aria-label={say.add}
            onChange={(event) => take(event.currentTarget)}
          />
          <input
            ref={camera}
            type="file"
            accept="image/jpeg,image/*"
            capture="environment"
            hidden
            aria-label={say.photo}
            onChange={(event) => take(event.currentTarget)}
          />
          <p className={panels.muted}>
            {say.visible} {say.hint}
          </p>
        </div>
      ) : (
        blocked === null && <p className={panels.muted}>{say.readOnly}</p>
      )}
      <UploadRows rows={rows} queue={queue} />
      {lines.length === 0 ? (
        <EmptyState title={say.none}>{mayAdd && say.noneBody}</EmptyState>
      ) : (
        <ul role="list" aria-label={say.list} className={panels.cards}>
          {lines.map((line) => (
            <FileRow key={line.newest.id} line={line} rights={rights} onReplace={choose} />
          ))}
        </ul>
      )}
      {over && (
        <p className={styles.drop} aria-hidden="true">
          {say.drop}
        </p>
      )}
    </div>
  );
}
