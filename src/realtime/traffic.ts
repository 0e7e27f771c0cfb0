import { Injectable } from '@nestjs/common';

/** What goes through this instance's sockets, since the start: plain numbers and one hook, for whoever measures. */
@Injectable()
export class Traffic {
  /** Frames written to sockets: one frame to a room of ten counts ten. */
  frames = 0;
  /** Events in them. */
  deliveries = 0;
  /** Joins, by what was answered. */
  readonly joins = { 'up-to-date': 0, events: 0, reset: 0 };
  /**
   * Told of each command and question when it is answered: its name, `accepted`, `duplicate` or the code of the
   * refusal, and how long it took. Must not throw.
   */
  answered: ((name: string, outcome: string, ms: number) => void) | undefined;
}
