import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import {
  meaningOf,
  WORKSPACE_EVENT_TYPES,
  type BoardChange,
  type StreamEvent,
  type WorkspaceEventType,
} from '#libs/contracts';
import { HistoryConsumer, WorkspaceLog } from '#libs/database';
import { BoardAccess } from '../access/boards.service.js';
import { Today } from '../access/today.service.js';
import { OrganizationService } from '../organization/organization.service.js';
import { BoardRooms } from './board-rooms.js';
import { buildEntries, type BoardFacts } from './board.rows.js';
import { storeEntries } from './board.store.js';

/** Whether summaries may look different after it. */
const SHOWN = WORKSPACE_EVENT_TYPES.filter((type) => meaningOf(type)?.board);

const DAY_CHECK_MS = 60_000;
const PAGE = 200;

/** Keeps the boards' rows after the history, and renews their colours when a new day begins in Jambi. */
@Injectable()
export class BoardProjection implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly consumer: HistoryConsumer<WorkspaceEventType>;
  private dayTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly source: DataSource,
    private readonly organization: OrganizationService,
    private readonly boards: BoardAccess,
    private readonly today: Today,
    @Inject(BoardRooms) private readonly rooms: BoardRooms,
    log: WorkspaceLog,
  ) {
    this.consumer = new HistoryConsumer(
      source,
      'board',
      { types: SHOWN },
      (tx, events) => this.derive(tx, events),
      (error) => Logger.error({ err: error }, 'Board'),
    );
    log.onCommitted((frames) => {
      if (frames.some(({ events }) => events.some(({ type }) => meaningOf(type)?.board)))
        this.consumer.nudge();
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.consumer.start();
    await this.renewDay();
    this.dayTimer = setInterval(() => void this.renewDay(), DAY_CHECK_MS);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.dayTimer);
    await this.consumer.stop();
  }

  private async derive(tx: EntityManager, events: StreamEvent[]): Promise<() => void> {
    const tasks = [...new Set(events.map((e) => e.streamId))];
    const changes = await storeEntries(tx, await buildEntries(tx, tasks, await this.facts()));
    return () => this.announce(changes);
  }

  /** One instance a day computes all colours anew; the row lock lets the others find it done. */
  async renewDay(): Promise<void> {
    const today = this.today.day();
    try {
      const changes = await this.source.transaction(async (tx) => {
        const [state] = await tx.query<{ fresh: boolean }[]>(
          'SELECT as_of IS NOT DISTINCT FROM $1::date AS fresh FROM board_state FOR UPDATE',
          [today],
        );
        if (state?.fresh !== false) return [];
        const all: BoardChange[] = [];
        const ids = await tx.query<{ task_id: string }[]>('SELECT task_id FROM board_rows ORDER BY task_id');
        for (let i = 0; i < ids.length; i += PAGE) {
          const part = ids.slice(i, i + PAGE).map((row) => row.task_id);
          all.push(...(await storeEntries(tx, await buildEntries(tx, part, await this.facts()))));
        }
        await tx.query('UPDATE board_state SET as_of = $1', [today]);
        return all;
      });
      this.announce(changes);
    } catch (error) {
      // The next minute tries again; until then the colours are yesterday's.
      Logger.warn({ err: error, msg: "the boards' day could not be renewed" }, 'Board');
    }
  }

  private announce(changes: BoardChange[]): void {
    for (const change of changes) this.rooms.changed(change);
  }

  private async facts(): Promise<BoardFacts> {
    return {
      today: this.today.day(),
      calendar: await this.organization.calendar(),
      scopesOf: (tx, ids) => this.boards.scopesOf(tx, ids),
      holders: async (tx) => {
        const holders = await this.organization.leadership(this.today.day(), tx);
        return ({ role, opdId }) => (role === 'KETUA_TIM' ? [] : holders({ role, opdId }));
      },
    };
  }
}
