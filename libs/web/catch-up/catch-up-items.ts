import {
  CATCH_UP_SECTIONS,
  keyOfRow,
  type CatchUpItem,
  type CatchUpSection,
  type WorkspaceEvent,
} from '#libs/contracts';
import type { CatchUpView, InboxView, ThreadReading } from '#libs/client';
import { placeOfRow } from '../room/notice-row.js';
import type { WorkspaceSearch } from '../room/place.js';

/** What the items of a visit depend on, as it stands at this moment. */
interface Standing {
  reading: ReadonlyMap<string, Pick<ThreadReading, 'unread'>>;
  inbox: Pick<InboxView, 'status' | 'rows' | 'more'>;
}

/** What is left of a visit's items: a thread that was read meanwhile, here or elsewhere, and a row that was put away are not. */
export function outstanding(items: readonly CatchUpItem[], { reading, inbox }: Standing): CatchUpItem[] {
  const open = new Set(inbox.rows.map(keyOfRow));
  const known = inbox.status === 'ready' && !inbox.more;
  return items.filter((item) => {
    if (item.section === 'TALK') return unreadOf(item, reading) > 0;
    if (item.section === 'MINE') return !known || open.has(keyOfRow(item.row));
    return true;
  });
}

/** Unread messages of a thread now; until that is known, those of the moment of the answer. */
export function unreadOf(
  { mark }: Extract<CatchUpItem, { section: 'TALK' }>,
  reading: Standing['reading'],
): number {
  return reading.get(mark.threadId)?.unread ?? mark.unread;
}

/** Sections that have something, in the order in which they are told. */
export function bySection(items: readonly CatchUpItem[]): [CatchUpSection, CatchUpItem[]][] {
  return CATCH_UP_SECTIONS.flatMap((section) => {
    const own = items.filter((item) => item.section === section);
    return own.length === 0 ? [] : [[section, own] as [CatchUpSection, CatchUpItem[]]];
  });
}

/** Something is new; what has been waiting for the person since before is no news by itself. */
export function hasNews(
  { since, first }: Pick<CatchUpView, 'since' | 'first'>,
  items: readonly CatchUpItem[],
) {
  return items.some((item) => item.section !== 'MINE' || first || since === null || item.row.at > since);
}

/** Where in the workspace an item is. */
export function placeOfItem(item: CatchUpItem, reading: ReadonlyMap<string, ThreadReading>): WorkspaceSearch {
  if (item.section === 'MINE') return placeOfRow(item.row);
  if (item.section === 'TALK') {
    const { threadId, upTo } = item.mark;
    return { topik: threadId, pesan: reading.get(threadId)?.firstUnread ?? upTo + 1 };
  }
  return placeOfEvent(item.event);
}

function placeOfEvent(event: WorkspaceEvent): WorkspaceSearch {
  switch (event.type) {
    case 'decision.requested':
    case 'decision.made':
    case 'decision.undone':
    case 'decision.effective':
    case 'decision.clarified':
    case 'decision.withdrawn':
    case 'decision.reminded':
    case 'decision.extended':
      return { tab: 'keputusan', keputusan: event.data.decision.id };
    case 'handover.moved':
      return { tab: 'serah-terima', serahTerima: event.data.handover.id };
    case 'milestone.added':
    case 'milestone.changed':
    case 'milestone.planned':
    case 'milestones.ordered':
      return { tab: 'tahapan' };
    case 'file.added':
    case 'file.removed':
      return { tab: 'berkas' };
    case 'opd.acceptance-changed':
    case 'member.added':
    case 'member.removed':
      return { tab: 'tim' };
    case 'public-update.reviewed':
      return { tab: 'kabar' };
    case 'thread.resolved':
    case 'thread.reopened':
      return { topik: event.data.threadId };
    default:
      return { tab: 'riwayat' };
  }
}
