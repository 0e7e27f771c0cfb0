/** The newest `size` things by key: what was not asked for longest goes first. */
export class Kept<T> {
  private readonly things = new Map<string, T>();

  constructor(private readonly size: number) {}

  get(key: string): T | undefined {
    const thing = this.things.get(key);
    if (thing !== undefined) {
      this.things.delete(key);
      this.things.set(key, thing);
    }
    return thing;
  }

  set(key: string, thing: T): void {
    this.things.delete(key);
    this.things.set(key, thing);
    if (this.things.size <= this.size) return;
    const [oldest] = this.things.keys();
    if (oldest !== undefined) this.things.delete(oldest);
  }

  delete(key: string): void {
    this.things.delete(key);
  }
}
