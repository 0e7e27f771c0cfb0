import { setTimeout as pause } from 'node:timers/promises';
import type { AckRefused, Cursor, EventsFrame, JoinAnswer, StreamEvent } from '#libs/contracts';
import { io, type Socket } from 'socket.io-client';
import type { History } from './history.js';

export interface WitnessOptions {
  name: string;
  url: string;
  origin: string;
  cookie: string;
  workspace: string;
  history: History;
  /** An overseer: a snapshot may hold no words. */
  blind?: boolean;
}

/** After a snapshot its tail and the first live frames may cross on the way. */
const CROSSING_MS = 250;

/**
 * A socket that believes what it is sent. The product's client mends duplicates, holes and disorder; this one writes
 * down what really came over the wire, also after it was sent away.
 */
export class Witness {
  private readonly socket: Socket;
  private cursor: Cursor | undefined;
  /** Frames that came before the answer to a join, or while a snapshot's tail may still be on its way. */
  private held: StreamEvent[] | undefined;
  private epoch = '';
  /** Up to which number frames may repeat what the answer of the join held. */
  private overlap = 0;
  private joining = false;
  private wanted = false;

  constructor(private readonly options: WitnessOptions) {
    const { url, origin, cookie } = options;
    this.socket = io(url, {
      ...{ transports: ['websocket'], forceNew: true, extraHeaders: { origin, cookie } },
      ...{ reconnectionDelay: 200, reconnectionDelayMax: 1_000 },
    });
    this.socket.on('connect', () => void this.join());
    this.socket.on('disconnect', (reason) => {
      this.held = undefined;
      // An instance that sends its sockets away: Socket.IO does not come back by itself.
      if (reason === 'io server disconnect') setTimeout(() => this.socket.connect(), 200);
    });
    this.socket.on('go_away', () => this.socket.disconnect().connect());
    this.socket.on('workspace.closed', () => void this.join());
    this.socket.on('workspace.events', (frame: EventsFrame) => this.receive(frame));
    // The beacon of another history: whoever has a cursor asks again.
    this.socket.on('workspace.head', ({ epoch }: { epoch: string }) => {
      if (!this.held && this.epoch !== '' && epoch !== this.epoch) void this.join();
    });
  }

  get workspace(): string {
    return this.options.workspace;
  }

  get seq(): number {
    return this.held ? -1 : (this.cursor?.seq ?? -1);
  }

  close(): void {
    this.socket.close();
  }

  private async join(): Promise<void> {
    this.wanted = true;
    if (this.joining) return;
    this.joining = true;
    while (this.wanted && this.socket.connected) {
      // Sent away right behind the answer: then it is wanted once more.
      this.wanted = false;
      if (await this.joined()) continue;
      this.wanted = true;
      await pause(150);
    }
    this.joining = false;
  }

  private async joined(): Promise<boolean> {
    const { workspace: workspaceId } = this.options;
    this.held = [];
    const since = this.cursor;
    const answer = await this.socket
      .timeout(6_000)
      .emitWithAck('workspace.join', { workspaceId, ...(since && { since }) })
      .then((found: JoinAnswer | AckRefused) => found)
      .catch(() => undefined);
    if (!this.held || !answer?.ok) {
      // What came meanwhile came to somebody who was not let in.
      for (const event of this.held ?? []) this.note(event, 'info');
      this.held = undefined;
      return false;
    }
    this.epoch = answer.epoch;
    if (answer.kind === 'reset') {
      this.sync(answer.head, answer.epoch);
      const windows = this.options.blind ? answer.snapshot.state.windows : {};
      for (const { messages } of Object.values(windows)) {
        for (const { commandId } of messages) this.word(commandId);
      }
      await pause(CROSSING_MS);
    } else {
      for (const event of answer.kind === 'events' ? answer.events : []) this.apply(event);
    }
    const crossed = (this.held ?? []).toSorted((a, b) => a.seq - b.seq);
    this.held = undefined;
    // What an instance had not passed on yet when it answered, and what crossed the answer, comes a second time.
    this.overlap = Math.max(answer.head, this.cursor?.seq ?? 0, crossed.at(-1)?.seq ?? 0);
    for (const event of crossed) this.apply(event);
    return true;
  }

  private receive({ streamId, epoch, events }: EventsFrame): void {
    if (streamId !== this.options.workspace) return;
    if (this.held) this.held.push(...events);
    else if (epoch === this.epoch || this.epoch === '') for (const event of events) this.apply(event);
    else void this.join();
  }

  private apply(event: StreamEvent): void {
    const isOverlap = event.seq <= this.overlap && event.seq <= (this.cursor?.seq ?? 0);
    this.note(event, isOverlap ? 'info' : 'ok');
    if (this.cursor && event.seq > this.cursor.seq) this.cursor = { epoch: this.epoch, seq: event.seq };
  }

  private note({ seq, type, commandId }: StreamEvent, kind: 'ok' | 'info'): void {
    const { name: process, workspace, history } = this.options;
    history.add({ process, op: 'recv', kind, workspace, seq, type, ...(commandId && { commandId }) });
  }

  private sync(seq: number, epoch: string): void {
    const { name: process, workspace, history } = this.options;
    this.cursor = { epoch, seq };
    history.add({ process, op: 'sync', kind: 'ok', workspace, seq, epoch });
  }

  /** A message in a snapshot; only its being there matters. */
  private word(commandId: string): void {
    const { name: process, workspace, history } = this.options;
    history.add({ process, op: 'recv', kind: 'info', workspace, seq: 0, type: 'message.posted', commandId });
  }
}
