import { Injectable } from '@nestjs/common';

/** The recording of one command or question. */
export interface Recording {
  /** What the work does, now or later, belongs to it. */
  run<T>(work: () => T): T;
  end(outcome: string): void;
}

/** What goes through this instance's sockets, since the start: plain numbers and two hooks, for whoever watches. */
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
  /** Begins to record a command or question; answers nothing for one that is not sampled. Must not throw. */
  began: ((name: string) => Recording | undefined) | undefined;
}
