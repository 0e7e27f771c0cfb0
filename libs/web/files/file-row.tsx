import {
  Archive,
  Download,
  Eye,
  File,
  FileChartColumn,
  FileMusic,
  FileSpreadsheet,
  FileText,
  FileUp,
  FileVideo,
  Image,
  type LucideIcon,
  Trash2,
} from 'lucide-react';
import { useState } from 'react';
import { PREVIEW_TYPES, type FileKind, type FileView, type WorkspaceRights } from '#libs/contracts';
import { dateWords, errorWords, sizeWords } from '#libs/content';
import { asAppError } from '../app/api.js';
import { useWords } from '../app/words.js';
import { announce, Button } from '../kit/index.js';
import panels from '../room/panels.module.css';
import { useRoomTools } from '../room/room-tools.js';
import type { FileLine } from './file-lines.js';
import { linkTo, openBeside, saveAs } from './file-links.js';
import { PicturePreview, RemoveDialog } from './file-dialogs.js';
import styles from './files.module.css';

const ICONS: Record<FileKind, LucideIcon> = {
  IMAGE: Image,
  PDF: FileText,
  DOCUMENT: FileText,
  SPREADSHEET: FileSpreadsheet,
  PRESENTATION: FileChartColumn,
  ARCHIVE: Archive,
  AUDIO: FileMusic,
  VIDEO: FileVideo,
  TEXT: FileText,
  OTHER: File,
};

/** One file with its versions and what can be done with it. */
export function FileRow({
  line: { newest, earlier },
  rights,
  onReplace,
}: {
  line: FileLine;
  rights: WorkspaceRights;
  onReplace: (id: string) => void;
}) {
  const { files: say } = useWords().workspace;
  const { reader } = useRoomTools();
  const { id, name, kind } = newest;
  const [removing, setRemoving] = useState(false);
  const Icon = ICONS[kind] ?? File;
  const mayRemove = rights.files === 'all' || (rights.files === 'own' && newest.addedBy.id === reader.id);
  return (
    <li className={panels.card}>
      <div className={styles.row}>
        <Icon size={24} aria-hidden="true" className={styles.icon} />
        <div className={styles.about}>
          <p className={styles.name}>
            <bdi>{name}</bdi>
          </p>
          <Facts file={newest} />
        </div>
      </div>
      <div className={styles.actions}>
        <OpenButtons file={newest} />
        {rights.files !== 'none' && (
          <Button small look="quiet" aria-label={say.replaceOf(name)} onClick={() => onReplace(id)}>
            <FileUp size={18} aria-hidden="true" />
            {say.replace}
          </Button>
        )}
        {mayRemove && (
          <Button small look="quiet" aria-label={say.removeOf(name)} onClick={() => setRemoving(true)}>
            <Trash2 size={18} aria-hidden="true" />
            {say.remove}
          </Button>
        )}
      </div>
      {earlier.length > 0 && (
        <details className={styles.earlier}>
          <summary>{say.earlier(earlier.length)}</summary>
          <ul role="list">
            {earlier.map((file) => (
              <li key={file.id}>
                <p className={styles.name}>
                  <bdi>{file.name}</bdi>
                </p>
                <Facts file={file} />
                <div className={styles.actions}>
                  <OpenButtons file={file} />
                </div>
              </li>
            ))}
          </ul>
        </details>
      )}
      {removing && (
        <RemoveDialog file={newest} hasEarlier={earlier.length > 0} onClose={() => setRemoving(false)} />
      )}
    </li>
  );
}

function Facts({ file }: { file: FileView }) {
  const words = useWords();
  const { files: say } = words.workspace;
  const { kind, size, version, addedBy, addedAt } = file;
  return (
    <p className={panels.muted}>
      {say.kinds[kind] ?? say.kinds.OTHER} · {sizeWords(size, words.language)}
      {version > 1 && ` · ${say.version(String(version))}`}
      {' · '}
      <bdi>{addedBy.name}</bdi>
      {addedBy.opd && `, ${addedBy.opd}`} · {dateWords(words.language).short(addedAt)}
    </p>
  );
}

function OpenButtons({ file }: { file: FileView }) {
  const words = useWords();
  const { files: say } = words.workspace;
  const { taskId } = useRoomTools();
  const [picture, setPicture] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const { id, name, mediaType, kind } = file;

  const tell = (error: unknown) => {
    const text = errorWords(asAppError(error).toWire(), words);
    setProblem(text);
    announce(text);
  };
  const download = () => {
    setProblem(null);
    linkTo(taskId, id, 'download').then((url) => saveAs(url, name), tell);
  };
  const view = () => {
    setProblem(null);
    const link = linkTo(taskId, id, 'preview');
    (kind === 'IMAGE' ? link.then(setPicture) : openBeside(link)).catch(tell);
  };
  return (
    <>
      <Button small aria-label={say.downloadOf(name)} onClick={download}>
        <Download size={18} aria-hidden="true" />
        {say.download}
      </Button>
      {PREVIEW_TYPES.has(mediaType) && (
        <Button small look="quiet" aria-label={say.viewOf(name)} onClick={view}>
          <Eye size={18} aria-hidden="true" />
          {say.view}
        </Button>
      )}
      {problem !== null && <p className={styles.problem}>{problem}</p>}
      {picture !== null && <PicturePreview name={name} url={picture} onClose={() => setPicture(null)} />}
    </>
  );
}
