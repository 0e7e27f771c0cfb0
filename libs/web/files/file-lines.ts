import type { FileView } from '#libs/contracts';

/** A file with its versions, the newest in front. */
export interface FileLine {
  newest: FileView;
  /** Newest first, without those whose bytes are gone. */
  earlier: FileView[];
}

/** Versions as one line each, the line that was changed last in front. A removed version gives its place back. */
export function fileLines(files: readonly FileView[]): FileLine[] {
  const byId = new Map(files.map((file) => [file.id, file]));
  const lines = files
    .filter(({ removed }) => removed === null)
    .map((newest) => ({ newest, before: versionsBefore(newest, byId) }));
  const older = new Set(lines.flatMap(({ before }) => before));
  return lines
    .filter(({ newest }) => !older.has(newest))
    .map(({ newest, before }) => ({ newest, earlier: before.filter(({ removed }) => removed === null) }))
    .reverse();
}

function versionsBefore({ replaces }: FileView, byId: ReadonlyMap<string, FileView>): FileView[] {
  const before = replaces === null ? undefined : byId.get(replaces);
  return before ? [before, ...versionsBefore(before, byId)] : [];
}
