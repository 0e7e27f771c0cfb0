import type { FileKind, FileView, UploadState, UploadView, WireError } from '#libs/contracts';
import type { Names } from '../organization/organization.service.js';

/** A row of `files`. `bigint` comes as text. */
export interface FileRow {
  id: string;
  task_id: string;
  state: 'RECEIVING' | 'SCANNING' | 'READY' | 'REMOVED';
  name: string;
  storage_key: string;
  declared_size: string;
  received: string;
  size: string | null;
  media_type: string | null;
  kind: FileKind | null;
  replaces: string | null;
  version: number;
  added_by: string;
  added_opd_id: string | null;
  added_at: Date | null;
  removed_by: string | null;
  removed_at: Date | null;
  refusal: WireError | null;
  tries: number;
}

/** Bytes of one piece of an upload. */
export const CHUNK_BYTES = 256 * 1024;

/** A version that everybody may see, or could until it was removed. */
export function toFileView(row: FileRow, names: Names): FileView {
  const addedBy = names.person(row.added_by);
  return {
    id: row.id,
    name: row.name,
    kind: row.kind ?? 'OTHER',
    mediaType: row.media_type ?? 'application/octet-stream',
    size: Number(row.size),
    version: row.version,
    replaces: row.replaces,
    addedBy:
      row.added_opd_id === null ? addedBy : { ...addedBy, opd: names.opd(row.added_opd_id).abbreviation },
    addedAt: (row.added_at ?? new Date(0)).toISOString(),
    removed:
      row.removed_by === null || row.removed_at === null
        ? null
        : { by: names.person(row.removed_by), at: row.removed_at.toISOString() },
  };
}

export function toUploadView(row: FileRow): UploadView {
  return {
    id: row.id,
    name: row.name,
    size: Number(row.declared_size),
    offset: Number(row.received),
    state: uploadState(row),
    chunkBytes: CHUNK_BYTES,
  };
}

function uploadState({ state, added_at }: FileRow): UploadState {
  if (state !== 'REMOVED') return state;
  return added_at === null ? 'REFUSED' : 'READY';
}
