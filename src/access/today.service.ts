import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Subject } from 'rxjs';
import { dayOf, type Day } from '#libs/contracts';

const LOOK_MS = 1_000;

/** The day in Jambi by which posts and grants hold, and the moment it turns. */
@Injectable()
export class Today implements OnModuleInit, OnModuleDestroy {
  /** A new day has begun: dated posts and grants have begun and ended without any event. Listeners must not throw. */
  readonly turned = new Subject<Day>();
  /** The time of day; a test gives another one. */
  now: () => Date = () => new Date();
  private last = this.day();
  private timer: NodeJS.Timeout | undefined;

  day(): Day {
    return dayOf(this.now());
  }

  onModuleInit(): void {
    this.timer = setInterval(() => this.look(), LOOK_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    const day = this.day();
    if (day === this.last) return;
    this.last = day;
    this.turned.next(day);
  }
}
