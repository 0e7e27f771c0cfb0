/** What a person was writing: the text, for a message whom it answers, and for a new version which one it began from. */
export interface Draft {
  text: string;
  replyTo?: string;
  base?: number;
}

/** One place for a text: a topic's composer, the note of a status change, a sentence for citizens. */
export interface DraftPlace {
  personId: string;
  taskId: string;
  place: string;
}

/** Where a task that is not made yet is kept. */
export const NEW_TASK = { taskId: 'baru', place: 'tugas' } as const;

export type TextStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const PREFIX = 'simpul.draft';

// By person: another one on the same PC is never shown what a colleague was writing.
function keyOf({ personId, taskId, place }: DraftPlace): string {
  return `${PREFIX}.${personId}.${taskId}.${place}`;
}

/** Reads a draft; `null` when there is none, or what is stored is not one. */
export function readDraft(store: TextStore, place: DraftPlace): Draft | null {
  return parsed(store.getItem(keyOf(place)));
}

/** Keeps a draft, or removes it when the text is empty. False when the device has no room for it. */
export function keepDraft(store: TextStore, place: DraftPlace, draft: Draft): boolean {
  try {
    if (draft.text.trim() === '') store.removeItem(keyOf(place));
    else store.setItem(keyOf(place), JSON.stringify(draft));
    return true;
  } catch {
    // Storage is full or switched off; the screen says so.
    return false;
  }
}

/** All drafts of a person in one task, by place. */
export function draftsOf(
  store: TextStore,
  personId: string,
  taskId: string,
): { place: string; draft: Draft }[] {
  const prefix = keyOf({ personId, taskId, place: '' });
  const found: { place: string; draft: Draft }[] = [];
  for (let at = 0; at < store.length; at++) {
    const key = store.key(at);
    if (!key?.startsWith(prefix)) continue;
    const draft = parsed(store.getItem(key));
    if (draft) found.push({ place: key.slice(prefix.length), draft });
  }
  return found;
}

function parsed(stored: string | null): Draft | null {
  if (stored === null) return null;
  let value: unknown;
  try {
    value = JSON.parse(stored);
  } catch {
    // Written by something else: not a draft.
    return null;
  }
  if (typeof value !== 'object' || value === null || !('text' in value) || typeof value.text !== 'string')
    return null;
  const replyTo = 'replyTo' in value && typeof value.replyTo === 'string' ? value.replyTo : undefined;
  const base = 'base' in value && typeof value.base === 'number' ? value.base : undefined;
  return { text: value.text, ...(replyTo !== undefined && { replyTo }), ...(base !== undefined && { base }) };
}
