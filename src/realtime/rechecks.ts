import { Injectable } from '@nestjs/common';
import { Environment } from '../config/environment.js';

/**
 * Looks at rights anew, for all rooms and boards of this instance together. One change may concern everybody who is
 * connected here; at most half of the pool is busy with that, so that commands go on.
 */
@Injectable()
export class Rechecks {
  /** Looks at a time. */
  readonly limit: number;
  private readonly waiting: (() => void)[] = [];
  private underway = 0;

  constructor({ poolSize }: Environment) {
    this.limit = Math.max(1, Math.floor(poolSize / 2));
  }

  /** When it is its turn: who asked first is first. */
  async run<T>(look: () => Promise<T>): Promise<T> {
    if (this.underway < this.limit) this.underway++;
    else
      await new Promise<void>((turn) => {
        this.waiting.push(turn);
      });
    try {
      return await look();
    } finally {
      // The place goes to the next one without becoming free in between.
      const next = this.waiting.shift();
      if (next) next();
      else this.underway--;
    }
  }
}
