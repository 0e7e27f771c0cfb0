import type { BoardAnswer, BoardChange, BoardRow, BoardScope, ServerEvents } from '#libs/contracts';
import { Alarm, backoff, type Clock } from './clock.js';
import { Cell, type Observable } from './observable.js';
import type { AnswerOf } from './wire/transport.js';
import type { BoardView } from './types.js';
import { ANSWER_TIMEOUT_MS, type Wire } from './wire/wire.js';

export interface BoardContext {
  wire: Wire;
  clock: Clock;
  random: () => number;
  /** A caller is done with the board. */
  left: () => void;
}

/** A scope's summaries, live. A change that does not follow on the version shown is not applied: the server is asked. */
export class Board {
  private readonly cell: Cell<BoardView>;
  private readonly again: Alarm;
  joining = false;
  private head = 0;
  private fruitless = 0;

  constructor(
    readonly scope: BoardScope,
    private readonly context: BoardContext,
  ) {
    this.cell = new Cell<BoardView>({ status: 'loading', scope, rows: new Map(), version: 0, asOf: null });
    this.again = new Alarm(context.clock, () => this.join());
  }

  get view(): Observable<BoardView> {
    return this.cell;
  }

  /** Each caller of `client.board()` calls this once. */
  leave(): void {
    this.context.left();
  }

  // ---------- for the client ----------

  join(): void {
    const { wire } = this.context;
    if (!wire.online || this.joining) return;
    this.again.clear();
    this.joining = true;
    const { scope } = this;
    const { status, version } = this.cell.get();
    const request = status === 'ready' ? { scope, since: version } : { scope };
    wire.ask('board.join', request, ANSWER_TIMEOUT_MS, (answer) => {
      this.joining = false;
      this.joined(answer);
    });
  }

  disconnected(): void {
    this.again.clear();
  }

  dispose(): void {
    this.again.clear();
    this.context.wire.tell('board.leave', { scope: this.scope });
  }

  onChange(change: BoardChange): void {
    this.head = Math.max(this.head, change.version);
    const view = this.cell.get();
    if (view.status === 'ready' && change.since === view.version) this.patch(change, view.asOf);
    this.watch();
  }

  onHead(head: Parameters<ServerEvents['board.head']>[0]): void {
    this.head = Math.max(this.head, head.version);
    this.watch();
  }

  onClosed({ reason }: Parameters<ServerEvents['board.closed']>[0]): void {
    this.again.clear();
    this.head = 0;
    const { scope } = this;
    const status = reason === 'removed' ? 'closed' : 'loading';
    this.cell.set({ status, scope, rows: new Map(), version: 0, asOf: null });
    if (reason === 'rights') this.again.set(backoff(this.fruitless++, this.context.random));
  }

  private joined(answer: AnswerOf<'board.join'> | null): void {
    const { wire, random } = this.context;
    if (!answer || (!answer.ok && answer.retry)) {
      if (wire.online) this.again.set(backoff(this.fruitless++, random));
      return;
    }
    const view = this.cell.get();
    if (!answer.ok) {
      const absent = answer.error.code === 'not-found' || answer.error.code === 'forbidden';
      this.cell.set({
        ...view,
        status: !absent
          ? 'error'
          : view.status === 'ready' || view.status === 'closed'
            ? 'closed'
            : 'not-found',
        rows: new Map(),
        error: answer.error,
      });
      return;
    }
    // It was closed while this was on its way: there is nothing left that the answer could be added to.
    if (!answer.full && view.status !== 'ready') return this.join();
    this.take(answer, view);
    const brought = this.cell.get().version > view.version || view.status !== 'ready';
    if (brought || !this.isBehind()) this.fruitless = 0;
    if (this.isBehind()) this.again.set(brought ? 0 : backoff(this.fruitless++, random));
  }

  private take(answer: BoardAnswer, view: BoardView): void {
    if (answer.full) {
      // Also one that is older than what is shown: the server's numbering began anew, or changes follow at once.
      const { scope, version, asOf } = answer;
      this.head = Math.max(version, answer.version < view.version ? 0 : this.head);
      this.cell.set({ status: 'ready', scope, rows: rowsById(answer.rows), version, asOf });
    } else if (answer.version >= view.version) {
      this.head = Math.max(this.head, answer.version);
      this.patch(answer, answer.asOf);
    }
  }

  private patch({ rows, removed, version }: BoardChange | BoardAnswer, asOf: BoardView['asOf']): void {
    const view = this.cell.get();
    const next = new Map(view.rows);
    for (const taskId of removed) next.delete(taskId);
    for (const row of rows) next.set(row.taskId, row);
    this.cell.set({ status: 'ready', scope: this.scope, rows: next, version, asOf });
  }

  private isBehind(): boolean {
    const { status, version } = this.cell.get();
    return status === 'ready' && this.head > version;
  }

  private watch(): void {
    if (this.isBehind() && !this.again.isSet) this.join();
  }
}

function rowsById(rows: readonly BoardRow[]): Map<string, BoardRow> {
  return new Map(rows.map((row) => [row.taskId, row]));
}
