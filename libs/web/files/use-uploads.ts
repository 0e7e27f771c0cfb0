import { useEffect, useSyncExternalStore } from 'react';
import type { UploadView } from '#libs/contracts';
import { api } from '../app/api.js';
import { useWords } from '../app/words.js';
import { announce } from '../kit/index.js';
import { useRoomTools } from '../room/room-tools.js';
import { UploadQueue, type UploadRow, type UploadServer } from './upload-queue.js';

/** By person and task: an upload goes on while its person looks at something else. */
const queues = new Map<string, UploadQueue>();
const told = new Map<string, (row: UploadRow) => void>();

/** The uploads of this person to this workspace. */
export function useUploads(): { queue: UploadQueue; rows: readonly UploadRow[] } {
  const { taskId, reader } = useRoomTools();
  const { files } = useWords().workspace;
  const key = `${reader.id} ${taskId}`;
  let queue = queues.get(key);
  if (!queue) {
    queue = new UploadQueue(serverFor(taskId), (row) => told.get(key)?.(row));
    queues.set(key, queue);
  }
  const rows = useSyncExternalStore(queue.subscribe, queue.rows);
  const { wake } = queue;

  useEffect(() => {
    told.set(key, ({ name }) => announce(files.done(name)));
    return () => void told.delete(key);
  }, [key, files]);
  useEffect(() => {
    window.addEventListener('online', wake);
    return () => window.removeEventListener('online', wake);
  }, [wake]);
  return { queue, rows };
}

function serverFor(taskId: string): UploadServer {
  const path = `/api/workspaces/${taskId}/uploads`;
  return {
    begin: (wish, signal) => api<UploadView>('POST', path, wish, signal),
    put: (id, offset, bytes, signal) =>
      api<UploadView>('PUT', `${path}/${id}?offset=${offset}`, bytes, signal),
    finish: (id, signal) => api<UploadView>('POST', `${path}/${id}/finish`, undefined, signal),
    cancel: (id) => api<void>('DELETE', `${path}/${id}`),
  };
}
