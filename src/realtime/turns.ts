/** Runs so many pieces of work at a time, in the order they were asked for. */
export class Turns {
  private readonly waiting: (() => void)[] = [];
  private underway = 0;

  constructor(readonly limit: number) {}

  /** When it is its turn. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.underway < this.limit) this.underway++;
    else
      await new Promise<void>((turn) => {
        this.waiting.push(turn);
      });
    try {
      return await work();
    } finally {
      // The place goes to the next one without becoming free in between.
      const next = this.waiting.shift();
      if (next) next();
      else this.underway--;
    }
  }
}
