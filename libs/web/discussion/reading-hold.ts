/**
 * Whether what is on the screen counts as read. `unknown`: it is not known yet how far was read. `marked`: the topic
 * was marked as unread when it was opened, and opening it is reading it.
 */
export type Held = 'unknown' | 'free' | 'marked' | 'held';

/** After it has become known whether the topic is marked as unread by hand; undefined: that is not known. */
export function readFrom(held: Held, marked: boolean | undefined): Held {
  if (marked === undefined || held === 'held') return held;
  if (held === 'unknown' || (held === 'marked' && marked)) return marked ? 'marked' : 'free';
  return marked ? 'held' : 'free';
}
