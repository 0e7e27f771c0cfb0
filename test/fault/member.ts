import { SimpulClient, type Clock, type JournalEntry, type OutboxStore, type Room } from '#libs/client';
import type { ActorView } from '#libs/contracts';
import { TcpProxy } from '../support/tcp-proxy.js';
import { seen } from '../support/official.js';
import type { History } from './history.js';
import type { Random } from './random.js';

export interface MemberOptions {
  name: string;
  person: ActorView;
  cookie: string;
  /** Where HAProxy listens; the member comes there over a wire of its own. */
  url: string;
  workspace: string;
  thread: string;
  history: History;
  random: Random;
  store?: OutboxStore;
  clock?: Clock;
}

/** A member with the product's own client, who writes and reads and notes both. */
export class Member {
  readonly faults: unknown[] = [];
  /** Messages so far. */
  written = 0;
  private room: Room;

  private constructor(
    readonly options: MemberOptions,
    readonly link: TcpProxy,
    readonly client: SimpulClient,
  ) {
    this.room = client.workspace(options.workspace);
    this.room.journal.subscribe((entry) => this.note(entry));
  }

  static async open(options: MemberOptions): Promise<Member> {
    const link = await TcpProxy.start(Number(new URL(options.url).port));
    const { person, cookie, url: origin, random, store, clock } = options;
    const faults: unknown[] = [];
    const client = new SimpulClient({
      ...{ url: link.url, origin, cookie, personId: person.id, random, store, clock },
      onFault: (error) => faults.push(error),
    });
    const member = new Member(options, link, client);
    client.connect();
    await seen(member.room.view, (view) => view.status === 'ready', 15_000);
    return member;
  }

  get name(): string {
    return this.options.name;
  }

  /** Where the view stands; -1 while it shows nothing. */
  get seq(): number {
    return this.room.view.get().state?.seq ?? -1;
  }

  get isReady(): boolean {
    return this.room.view.get().status === 'ready';
  }

  /** Everything written was done, or refused for good. */
  get isDone(): boolean {
    return this.room.view.get().pending.every((command) => command.state === 'failed');
  }

  /** In a word or two, for whoever looks for the reason. */
  get condition(): string {
    const { status, state, pending, error } = this.room.view.get();
    const { state: line } = this.client.connection.get();
    return `${this.name}: ${line}, ${status} at ${state?.seq}, ${pending.length} pending, ${error?.code ?? 'fine'}`;
  }

  post(padding = 0): void {
    const { workspace, thread, name: process, history } = this.options;
    const body = `${process}: ${++this.written}${' .'.repeat(padding / 2)}`;
    const { commandId } = this.room.send('message.post', { threadId: thread, body });
    history.add({ process, op: 'send', kind: 'invoke', workspace, commandId });
  }

  /** A command that is not on the hot path. */
  openThread(title: string): void {
    const { workspace, name: process, history } = this.options;
    const { commandId } = this.room.send('thread.open', { threadId: crypto.randomUUID(), title });
    history.add({ process, op: 'send', kind: 'invoke', workspace, commandId });
  }

  /** Comes into the room again after having been sent away. */
  enterAgain(): void {
    this.room.leave();
    this.room = this.client.workspace(this.options.workspace);
  }

  async close(): Promise<void> {
    this.client.close();
    await this.link.stop();
  }

  private note(entry: JournalEntry): void {
    const { workspace, name: process, history } = this.options;
    const add = history.add.bind(history);
    switch (entry.kind) {
      case 'event': {
        const { seq, commandId, type } = entry.event;
        return add({ process, op: 'recv', kind: 'ok', workspace, seq, commandId, type });
      }
      case 'reset': {
        const { epoch, state } = entry.snapshot;
        return add({ process, op: 'sync', kind: 'ok', workspace, seq: state.seq, epoch });
      }
      case 'done': {
        const { seq, commandId } = entry.ack;
        return add({ process, op: 'send', kind: 'ok', workspace, seq, commandId });
      }
      case 'refused': {
        const { commandId } = entry.command;
        return add({ process, op: 'send', kind: 'fail', workspace, commandId, type: entry.error.code });
      }
    }
  }
}
