import { Injectable } from '@nestjs/common';
import { Environment } from '../config/environment.js';
import { Turns } from './turns.js';

/**
 * Looks at rights anew, for all rooms and boards of this instance together. One change may concern everybody who is
 * connected here; at most half of the pool is busy with that, so that commands go on.
 */
@Injectable()
export class Rechecks extends Turns {
  constructor({ poolSize }: Environment) {
    super(Math.max(1, Math.floor(poolSize / 2)));
  }
}
