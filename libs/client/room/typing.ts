import type { Clock } from '../clock.js';
import type { TypingPerson } from '../types.js';

const SAID_EVERY_MS = 3_000;
const SHOWN_MS = 5_000;
/** More would not be read; the next hint of the others finds room again. */
const PEOPLE = 20;

/** Who is writing now, and saying so oneself. Not history: what gets lost is gone. */
export class Typing {
  people: readonly TypingPerson[] = [];
  private readonly ends = new Map<string, () => void>();
  private readonly saidJustNow = new Map<string, () => void>();

  constructor(
    private readonly clock: Clock,
    /** `people` changed by the passing of time. */
    private readonly changed: () => void,
  ) {}

  heard(person: TypingPerson): void {
    const key = keyOf(person);
    const shown = this.ends.get(key);
    if (!shown && this.ends.size >= PEOPLE) return;
    shown?.();
    this.ends.set(
      key,
      this.clock.after(SHOWN_MS, () => {
        this.ended(person);
        this.changed();
      }),
    );
    if (!shown) this.people = [...this.people, person];
  }

  /** The person's message arrived. */
  ended(person: Pick<TypingPerson, 'personId' | 'threadId'>): void {
    const key = keyOf(person);
    const cancel = this.ends.get(key);
    if (!cancel) return;
    cancel();
    this.ends.delete(key);
    this.people = this.people.filter((other) => keyOf(other) !== key);
  }

  /** True when it may be said now that this person writes in a thread: at most every three seconds. */
  mayTell(threadId: string): boolean {
    if (this.saidJustNow.has(threadId)) return false;
    this.saidJustNow.set(
      threadId,
      this.clock.after(SAID_EVERY_MS, () => this.saidJustNow.delete(threadId)),
    );
    return true;
  }

  clear(): void {
    for (const cancel of [...this.ends.values(), ...this.saidJustNow.values()]) cancel();
    this.ends.clear();
    this.saidJustNow.clear();
    this.people = [];
  }
}

function keyOf(person: Pick<TypingPerson, 'personId' | 'threadId'>): string {
  return `${person.threadId} ${person.personId}`;
}
