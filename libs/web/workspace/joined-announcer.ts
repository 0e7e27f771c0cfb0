/** Time in which several changes become one sentence for the screen reader. */
export const JOIN_MS = 5_000;

export interface JoinedAnnouncer {
  /** `about`: an id, for `unsay`. */
  say(text: string, about?: string): void;
  /** What was to be said about this is not said any more. */
  unsay(about: string): void;
  /** Drops what has not been said yet. */
  stop(): void;
}

/**
 * Says the first change at once and joins those of the next five seconds into one: a reader is told that things
 * happened without being talked over by each of them.
 */
export function joinedAnnouncer(
  announce: (text: string, about?: string) => void,
  join: (count: number, last: string) => string,
): JoinedAnnouncer {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: { text: string; about?: string }[] = [];

  const end = (): void => {
    timer = undefined;
    const last = waiting.at(-1);
    if (last === undefined) return;
    const text = waiting.length === 1 ? last.text : join(waiting.length, last.text);
    waiting = [];
    announce(text, last.about);
    timer = setTimeout(end, JOIN_MS);
  };

  return {
    say(text, about) {
      if (timer !== undefined) {
        waiting.push({ text, about });
        return;
      }
      announce(text, about);
      timer = setTimeout(end, JOIN_MS);
    },
    unsay(about) {
      waiting = waiting.filter((each) => each.about !== about);
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
      waiting = [];
    },
  };
}
