import {
  CATCH_UP_SECTIONS,
  isAddressed,
  placeInCatchUp,
  type CatchUpItem,
  type InboxRow,
  type MarkView,
  type WorkspaceEvent,
} from '#libs/contracts';

/** What a thread is called, and the number of its last message. */
export interface ThreadEnd {
  title: string;
  last: number;
}

/**
 * What was missed, told once: events of one subject together, by the latest of them; unread talk by thread; what is
 * addressed to the person by its row of the inbox, and then not a second time among the threads.
 *
 * @param events newest first
 */
export function digestOf(
  events: readonly WorkspaceEvent[],
  rows: readonly InboxRow[],
  marks: readonly MarkView[],
  endOf: (threadId: string) => ThreadEnd,
): CatchUpItem[] {
  const items = new Map<string, CatchUpItem>();
  for (const event of events) {
    const place = placeInCatchUp(event);
    if (!place) continue;
    const known = items.get(place.key);
    if (known && 'seqs' in known) known.seqs.push(event.seq);
    else items.set(place.key, { ...place, event, seqs: [event.seq] });
  }
  const mine = rows.filter(isAddressed);
  for (const row of mine) items.set(`mine:${row.topic}`, { section: 'MINE', key: `mine:${row.topic}`, row });
  const addressed = new Set(mine.map(({ topic }) => topic));
  for (const mark of marks) {
    if (mark.unread === 0 || addressed.has(`thread:${mark.threadId}`)) continue;
    const key = `thread:${mark.threadId}`;
    const { title, last } = endOf(mark.threadId);
    items.set(key, { section: 'TALK', key, threadTitle: title, mark, last });
  }
  const order = (item: CatchUpItem): number => CATCH_UP_SECTIONS.indexOf(item.section);
  // Stable: within a section the newest stays first.
  return [...items.values()].sort((a, b) => order(a) - order(b));
}
