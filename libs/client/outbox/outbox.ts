import type { CommandType } from '#libs/contracts';
import { Alarm, type Clock } from '../clock.js';
import { CommandQueue } from './command-queue.js';
import { Cell } from '../observable.js';
import { byCreation, type OutboxStore } from './outbox-store.js';
import { Tabs } from './tabs.js';
import type { CommandData, JournalEntry, PendingCommand } from '../types.js';
import type { Wire } from '../wire/wire.js';

/** The store has this long to answer; then sending goes on without what it holds. */
const STORE_MS = 3_000;

/** What a workspace on show tells the outbox. */
interface Onlooker {
  readonly horizon: number;
  isShown(commandId: string): boolean;
  note(entry: JournalEntry): void;
  changed(): void;
}

interface OutboxContext {
  personId: string;
  store: OutboxStore;
  wire: Wire;
  clock: Clock;
  random: () => number;
  fault: (error: unknown) => void;
  onlooker: (workspaceId: string) => Onlooker | undefined;
}

/**
 * All unsent commands of one person: one queue for each workspace, remembered in the store, told to the other tabs.
 * Commands of a workspace that nobody looks at are sent as well; in one that is on show they wait for its join.
 */
export class Outbox {
  readonly pending = new Cell<readonly PendingCommand[]>([]);
  private readonly queues = new Map<string, CommandQueue>();
  /** Workspaces whose join was answered on this connection. */
  private readonly joined = new Set<string>();
  private readonly storeLate: Alarm;
  private storeRead = false;
  private tabs: Tabs | null = null;
  private lastStamp = 0;

  constructor(private readonly context: OutboxContext) {
    this.storeLate = new Alarm(context.clock, () => this.adopt([]));
  }

  /** Shows what an earlier page left, before there is a connection. */
  start(): void {
    const { personId, store } = this.context;
    if (store.shared) {
      this.tabs = new Tabs(personId, ({ workspaceId, commandId, seq }) => {
        this.queues.get(workspaceId)?.settled(commandId, seq);
      });
    }
    this.read();
  }

  stop(): void {
    this.tabs?.close();
    this.tabs = null;
    this.storeLate.clear();
    for (const queue of this.queues.values()) queue.rest();
  }

  /** Connected. What another tab left behind is read first, so that older commands go before newer ones. */
  up(): void {
    this.storeRead = false;
    this.read();
  }

  down(): void {
    this.joined.clear();
    for (const queue of this.queues.values()) queue.shut();
  }

  /** The server answered a join: the workspace's commands may follow. */
  answered(workspaceId: string): void {
    this.joined.add(workspaceId);
    this.openIfReady(this.queue(workspaceId));
  }

  /** Nobody looks at the workspace any more. */
  released(workspaceId: string): void {
    this.joined.delete(workspaceId);
    const queue = this.queues.get(workspaceId);
    if (!queue) return;
    queue.reached(Number.POSITIVE_INFINITY);
    this.openIfReady(queue);
    this.dropIfDone(queue);
  }

  /** Without anybody looking on, it is sent at once. */
  send<C extends CommandType>(workspaceId: string, type: C, data: CommandData<C>): PendingCommand<C> {
    const queue = this.queue(workspaceId);
    const command = queue.send(type, data);
    this.openIfReady(queue);
    return command;
  }

  queue(workspaceId: string): CommandQueue {
    const known = this.queues.get(workspaceId);
    if (known) return known;
    const { personId, store, wire, clock, random, fault, onlooker } = this.context;
    const queue = new CommandQueue(workspaceId, {
      personId,
      wire,
      clock,
      random,
      stamp: () => this.stamp(),
      keep: (command) => void store.put(personId, command).catch(fault),
      forget: (command) => void store.remove(personId, command.commandId).catch(fault),
      tell: ({ commandId }, seq) => this.tabs?.tell({ workspaceId, commandId, seq }),
      done: (command, ack) => onlooker(workspaceId)?.note({ kind: 'done', command, ack }),
      refused: (command, error) => onlooker(workspaceId)?.note({ kind: 'refused', command, error }),
      changed: () => this.changed(queue),
      horizon: () => onlooker(workspaceId)?.horizon ?? Number.POSITIVE_INFINITY,
      isShown: (commandId) => onlooker(workspaceId)?.isShown(commandId) ?? false,
    });
    this.queues.set(workspaceId, queue);
    return queue;
  }

  private read(): void {
    const { store, personId, fault } = this.context;
    this.storeLate.set(STORE_MS);
    store.all(personId).then(
      (commands) => this.adopt(commands),
      (error: unknown) => {
        fault(error);
        this.adopt([]);
      },
    );
  }

  private adopt(commands: readonly PendingCommand[]): void {
    this.storeLate.clear();
    this.storeRead = true;
    const byWorkspace = new Map<string, PendingCommand[]>();
    for (const command of commands) {
      this.lastStamp = Math.max(this.lastStamp, Date.parse(command.createdAt));
      const group = byWorkspace.get(command.workspaceId);
      if (group) group.push(command);
      else byWorkspace.set(command.workspaceId, [command]);
    }
    for (const [workspaceId, group] of byWorkspace) this.queue(workspaceId).adopt(group);
    for (const queue of this.queues.values()) this.openIfReady(queue);
  }

  private openIfReady(queue: CommandQueue): void {
    const { wire, onlooker } = this.context;
    const { workspaceId } = queue;
    if (!wire.online || !this.storeRead) return;
    if (!onlooker(workspaceId) || this.joined.has(workspaceId)) queue.open();
  }

  private changed(queue: CommandQueue): void {
    this.context.onlooker(queue.workspaceId)?.changed();
    this.pending.set([...this.queues.values()].flatMap((other) => other.pending.get()).sort(byCreation));
    this.dropIfDone(queue);
  }

  private dropIfDone(queue: CommandQueue): void {
    if (queue.isEmpty && !this.context.onlooker(queue.workspaceId)) this.queues.delete(queue.workspaceId);
  }

  /** Later than all before it on this device, so that the order of sending survives a clock that is set back. */
  private stamp(): string {
    this.lastStamp = Math.max(this.context.clock.now(), this.lastStamp + 1);
    return new Date(this.lastStamp).toISOString();
  }
}
