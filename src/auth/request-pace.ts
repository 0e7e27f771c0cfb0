import { Injectable } from '@nestjs/common';
import { Pace } from '../realtime/pace.js';

/** A person's requests over HTTP: as many as over a socket, far more than any screen asks. */
@Injectable()
export class RequestPace extends Pace {
  constructor() {
    super(50, 200);
  }
}
