/** Time in which several changes become one sentence for the screen reader. */
export const JOIN_MS = 5_000;

export interface JoinedAnnouncer {
  say(text: string): void;
  /** Drops what has not been said yet. */
  stop(): void;
}

/**
 * Says the first change at once and joins those of the next five seconds into one: a reader is told that things
 * happened without being talked over by each of them.
 */
export function joinedAnnouncer(
  announce: (text: string) => void,
  join: (count: number, last: string) => string,
): JoinedAnnouncer {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: string[] = [];

  const end = (): void => {
    timer = undefined;
    const last = waiting.at(-1);
    if (last === undefined) return;
    const text = waiting.length === 1 ? last : join(waiting.length, last);
    waiting = [];
    announce(text);
    timer = setTimeout(end, JOIN_MS);
  };

  return {
    say(text) {
      if (timer !== undefined) {
        waiting.push(text);
        return;
      }
      announce(text);
      timer = setTimeout(end, JOIN_MS);
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
      waiting = [];
    },
  };
}
