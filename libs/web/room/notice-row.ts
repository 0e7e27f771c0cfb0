import type { InboxRow } from '#libs/contracts';
import type { Words } from '#libs/content';
import type { Tab, WorkspaceSearch } from './place.js';

const TAB_OF: Record<string, Tab> = {
  milestone: 'tahapan',
  'public-update': 'kabar',
  opd: 'tim',
  files: 'berkas',
};

/** What a row of the inbox tells, in one sentence. */
export function sentenceOf(row: InboxRow, words: Words): string {
  return words.inbox.sentences[row.reason](row.actor.name, row.topicTitle, row.count);
}

/** Where in its task a row leads: to the very message, when it is about messages. */
export function placeOfRow({ topic, place }: Pick<InboxRow, 'topic' | 'place'>): WorkspaceSearch {
  const [kind = '', id] = topic.split(':');
  if (kind === 'thread' && id !== undefined)
    return { topik: id, ...(place.messageNo !== null && { pesan: place.messageNo }) };
  if (kind === 'decision' && id !== undefined) return { tab: 'keputusan', keputusan: id };
  if (kind === 'handover' && id !== undefined) return { tab: 'serah-terima', serahTerima: id };
  const tab = TAB_OF[kind];
  return tab === undefined ? {} : { tab };
}
