import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { forgetRefusals } from '#libs/database';
import { Sweeper } from './sweeper.service.js';

const AT_ONCE = 1_000;
/** What a flood of refusals left behind goes in some rounds, not in one that is felt. */
const BATCHES = 20;

/** Refusals of commands are remembered for some days. */
@Injectable()
export class RefusalSweeper extends Sweeper {
  constructor(private readonly source: DataSource) {
    super('old refusals');
  }

  protected async remove(): Promise<number> {
    let sum = 0;
    for (let batch = 0; batch < BATCHES && !this.stopped; batch++) {
      const count = await forgetRefusals(this.source, AT_ONCE);
      sum += count;
      if (count < AT_ONCE) break;
    }
    return sum;
  }
}
