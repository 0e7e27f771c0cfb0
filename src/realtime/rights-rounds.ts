import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Subscription } from 'rxjs';
import { Today } from '../access/today.service.js';
import { WorkspaceRooms } from './workspace-rooms.js';

const STEP_MS = 250;
/** Steps in which every room is looked at once: after midnight, and else, in case a change was not told. */
const SOON = 12;
const SLOWLY = (5 * 60_000) / STEP_MS;

/**
 * Goes from room to room and has the members' rights looked at anew, a few rooms at a time: soon after a new day has
 * begun, when dated posts begin and end without an event, and slowly all the time.
 */
@Injectable()
export class RightsRounds implements OnModuleDestroy {
  private waiting: string[] = [];
  private left = 0;
  private readonly timer = setInterval(() => this.step(), STEP_MS).unref();
  private readonly turns: Subscription;

  constructor(
    private readonly rooms: WorkspaceRooms,
    today: Today,
  ) {
    this.turns = today.turned.subscribe(() => this.begin(SOON));
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
    this.turns.unsubscribe();
  }

  private begin(steps: number): void {
    this.waiting = [...this.rooms.open()];
    this.left = steps;
  }

  private step(): void {
    if (this.left === 0) this.begin(SLOWLY);
    const share = Math.ceil(this.waiting.length / this.left--);
    for (const workspaceId of this.waiting.splice(0, share)) this.rooms.recheckRights(workspaceId);
  }
}
