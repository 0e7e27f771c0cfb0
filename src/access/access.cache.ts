/**
 * How long an answer may be used. Only writing uses it, and the fence of the access list refuses what an old one
 * allowed; with the new day all are forgotten.
 */
const FRESH_MS = 60_000;
const CAPACITY = 20_000;

interface Entry<T> {
  answer: Promise<T>;
  at: number;
}

/**
 * Answers per workspace and person, for a minute. Everybody who asks meanwhile shares one promise, so that
 * callers go on in the order in which they asked.
 */
export class AccessCache<T> {
  private readonly workspaces = new Map<string, Map<string, Entry<T>>>();
  private size = 0;

  constructor(
    private readonly freshMs = FRESH_MS,
    private readonly capacity = CAPACITY,
  ) {}

  get(workspaceId: string, personId: string, load: () => Promise<T>): Promise<T> {
    const now = performance.now();
    const known = this.workspaces.get(workspaceId)?.get(personId);
    if (known && now - known.at < this.freshMs) return known.answer;
    const entry = { answer: load(), at: now };
    this.put(workspaceId, personId, entry);
    // A failure or a refusal is not kept: the next one who asks is told anew.
    entry.answer.catch(() => {
      if (this.workspaces.get(workspaceId)?.get(personId) === entry) this.drop(workspaceId, personId);
    });
    return entry.answer;
  }

  /**
   * As `get`, but a failure is never that of a question asked before this one: who was let in a moment ago must not be
   * told no because somebody asked too early.
   */
  async getOrAsk(workspaceId: string, personId: string, load: () => Promise<T>): Promise<T> {
    let own = false;
    const answer = this.get(workspaceId, personId, () => {
      own = true;
      return load();
    });
    try {
      return await answer;
    } catch (error) {
      if (own) throw error;
      return this.renew(workspaceId, personId, answer, load);
    }
  }

  /** Asks anew unless somebody already has since `used` was given: so those who find it old together ask once. */
  renew(workspaceId: string, personId: string, used: Promise<T>, load: () => Promise<T>): Promise<T> {
    if (this.workspaces.get(workspaceId)?.get(personId)?.answer === used) this.drop(workspaceId, personId);
    return this.get(workspaceId, personId, load);
  }

  /** Keeps an answer that was asked for elsewhere, as if it had been asked for here and now. */
  keep(workspaceId: string, personId: string, answer: T): void {
    this.put(workspaceId, personId, { answer: Promise.resolve(answer), at: performance.now() });
  }

  forget(workspaceId: string): void {
    this.size -= this.workspaces.get(workspaceId)?.size ?? 0;
    this.workspaces.delete(workspaceId);
  }

  clear(): void {
    this.workspaces.clear();
    this.size = 0;
  }

  private put(workspaceId: string, personId: string, entry: Entry<T>): void {
    const people = this.workspaces.get(workspaceId) ?? new Map<string, Entry<T>>();
    if (!people.has(personId)) this.size++;
    people.set(personId, entry);
    // Last used last: what goes first is the workspace that was looked up longest ago.
    this.workspaces.delete(workspaceId);
    this.workspaces.set(workspaceId, people);
    while (this.size > this.capacity) {
      const oldest = this.workspaces.keys().next();
      if (oldest.done) return;
      this.forget(oldest.value);
    }
  }

  private drop(workspaceId: string, personId: string): void {
    const people = this.workspaces.get(workspaceId);
    if (!people?.delete(personId)) return;
    this.size--;
    if (people.size === 0) this.workspaces.delete(workspaceId);
  }
}
