import fc from 'fast-check';
import { applyEvent } from '#libs/contracts';
import type {
  Ack,
  AckOk,
  CommandMap,
  JoinAnswer,
  JoinWorkspace,
  StreamEvent,
  WireError,
  WorkspaceEvent,
  WorkspaceState,
} from '#libs/contracts';
import { SimpulClient } from './client.js';
import { MemoryOutbox } from './outbox/outbox-store.js';
import type { Room } from './room/room.js';
import { aMessage, aState, FakeClock, FULL_RIGHTS, person, settle, THREAD } from './test-support.js';
import type {
  AnswerOf,
  Incoming,
  RequestName,
  RequestOf,
  Transport,
  TransportListener,
} from './wire/transport.js';
import type { PendingCommand } from './types.js';

const WORKSPACE = 'workspace-1';
/** Further behind than this, the model answers with a snapshot. */
const CATCH_UP = 6;

/** What the server does with a request: everything a real one does to its clients on a bad day. */
type Fate = 'answer' | 'lose-answer' | 'unavailable' | 'refuse' | 'rate-limit';
type Post = CommandMap['message.post'];

/** A network to one client: both directions wait until a test moves them. */
class Link implements Transport {
  listener: TransportListener | null = null;
  wanted = false;
  up = false;
  joined = false;
  toServer: { event: RequestName; data: unknown; answer: (answer: unknown) => void }[] = [];
  toClient: (() => void)[] = [];

  open(listener: TransportListener): void {
    this.listener = listener;
    this.wanted = true;
  }

  close(): void {
    this.wanted = false;
    this.cut();
  }

  renew(): void {
    this.cut();
  }

  hint(): void {
    // Typing is no part of the model.
  }

  send<E extends RequestName>(event: E, data: RequestOf<E>, answer: (answer: AnswerOf<E>) => void): void {
    const gone = { answered: false };
    this.toServer.push({
      event,
      data,
      answer: (result) => {
        const connection = this.toClient;
        this.toClient.push(() => {
          if (gone.answered || connection !== this.toClient) return;
          gone.answered = true;
          answer(result as AnswerOf<E>);
        });
      },
    });
  }

  tell(incoming: Incoming): void {
    this.toClient.push(() => this.listener?.receive(incoming));
  }

  connect(): void {
    if (this.up || !this.wanted) return;
    this.up = true;
    this.listener?.up();
  }

  /** Answers are lost; what was asked may still be done by the server, later. */
  cut(): void {
    if (!this.up) return;
    this.up = false;
    this.joined = false;
    this.toClient = [];
    for (const request of this.toServer) request.answer = () => undefined;
    this.listener?.down();
  }
}

/** The truth: an array of events, and what each command was answered. */
class Server {
  epoch = 'epoch-1';
  base: WorkspaceState = aState();
  /** After each event; the first is the base. */
  private states: WorkspaceState[] = [this.base];
  log: WorkspaceEvent[] = [];
  readonly order: string[] = [];
  readonly refused = new Set<string>();
  private readonly commands = new Map<string, { ok: AckOk } | { no: WireError }>();
  private events = 0;

  constructor(
    private readonly links: () => Link[],
    /** Broken on purpose, to see that this test would notice. */
    private readonly broken: { forgetsCommands?: boolean; ignoresAfter?: boolean } = {},
  ) {}

  get state(): WorkspaceState {
    return this.stateAt(this.log.length);
  }

  stateAt(seq: number): WorkspaceState {
    return this.states[seq] ?? this.base;
  }

  isCommitted(commandId: string): boolean {
    return this.order.includes(commandId);
  }

  /** A new numbering of the same history, as after a restored backup. */
  restart(): void {
    this.events++;
    this.base = { ...this.state, seq: 0 };
    this.log = [];
    this.states = [this.base];
    this.epoch = `epoch-${this.events + 1}`;
  }

  beacon(): void {
    const head = { workspaceId: WORKSPACE, epoch: this.epoch, seq: this.log.length };
    for (const link of this.links())
      if (link.up && link.joined) link.tell({ event: 'workspace.head', data: head });
  }

  handle(link: Link, index: number, fate: Fate, actor: string): void {
    const [request] = link.toServer.splice(index, 1);
    if (!request) return;
    const { event, data, answer } = request;
    if (event === 'workspace.join') {
      const joins = fate !== 'unavailable' && fate !== 'rate-limit';
      if (joins) link.joined = link.up;
      const reply = joins ? this.join(data as JoinWorkspace) : retryLater(fate);
      if (fate !== 'lose-answer') answer(reply);
    } else if (event === 'marks.read') {
      // Reading has a model of its own: test/integration/reading.spec.ts.
      answer({ ok: true, marks: [] });
    } else if (event === 'workspace.leave') {
      link.joined = false;
      answer({ ok: true });
    } else {
      const ack = this.command(event, data as Post, fate, actor);
      if (fate !== 'lose-answer') answer(ack);
    }
  }

  /** Somebody who is not a client of this test. */
  outsider(type: 'message.posted' | 'from-a-newer-server'): void {
    if (type === 'message.posted')
      this.append(
        type,
        { message: this.message(THREAD, `outside-${this.events}`, 'outsider') },
        'outsider',
        `outside-${this.events}`,
      );
    else this.append(type as 'withheld', {}, 'outsider', `outside-${this.events}`);
  }

  private join({ since }: JoinWorkspace): JoinAnswer {
    const head = this.log.length;
    const answer = { ok: true as const, epoch: this.epoch, head, rights: FULL_RIGHTS };
    if (since?.epoch !== this.epoch || head - since.seq > CATCH_UP || since.seq > head) {
      return {
        ...answer,
        kind: 'reset',
        snapshot: { epoch: this.epoch, state: this.state, rights: FULL_RIGHTS },
      };
    }
    const events = this.log.slice(since.seq);
    return events.length === 0 ? { ...answer, kind: 'up-to-date' } : { ...answer, kind: 'events', events };
  }

  private command(type: RequestName, data: Post, fate: Fate, actor: string): Ack {
    const known = this.commands.get(data.commandId);
    if (known && !this.broken.forgetsCommands) {
      return 'ok' in known ? { ...known.ok, dup: true } : { ok: false, retry: false, error: known.no };
    }
    if (fate === 'unavailable' || fate === 'rate-limit') return retryLater(fate);
    if (data.after !== undefined && !this.commands.has(data.after) && !this.broken.ignoresAfter) {
      return {
        ok: false,
        retry: true,
        error: { code: 'command.out-of-order', details: { after: data.after } },
      };
    }
    if (fate === 'refuse') {
      const error: WireError = { code: 'forbidden', details: { action: type } };
      this.commands.set(data.commandId, { no: error });
      this.refused.add(data.commandId);
      return { ok: false, retry: false, error };
    }
    const event = this.carryOut(type, data, actor);
    const ok: AckOk = {
      ok: true,
      commandId: data.commandId,
      streamId: WORKSPACE,
      seq: event.seq,
      at: event.at,
    };
    this.commands.set(data.commandId, { ok });
    return ok;
  }

  private carryOut(type: RequestName, data: Post, actor: string): StreamEvent {
    const { commandId } = data;
    if (type === 'message.post') {
      return this.append(
        'message.posted',
        { message: { ...this.message(data.threadId, commandId, actor), body: data.body } },
        actor,
        commandId,
      );
    }
    const [milestone] = this.state.milestones;
    if (!milestone) throw new Error('the model has a milestone');
    return this.append(
      'milestone.changed',
      { milestone: { ...milestone, note: commandId }, from: milestone.status, note: commandId, shown: null },
      actor,
      commandId,
    );
  }

  private message(threadId: string, commandId: string, actor: string) {
    const no = (this.state.threads.find((thread) => thread.id === threadId)?.messageCount ?? 0) + 1;
    return aMessage({ no, threadId, commandId, author: person(actor), id: `message-${commandId}` });
  }

  private append<T extends WorkspaceEvent['type']>(
    type: T,
    data: Extract<WorkspaceEvent, { type: T }>['data'],
    actor: string,
    commandId: string,
  ): WorkspaceEvent {
    this.events++;
    const event = {
      streamId: WORKSPACE,
      seq: this.log.length + 1,
      type,
      at: '2026-11-24T02:00:00.000Z',
      actor: person(actor),
      commandId,
      data,
    } as WorkspaceEvent;
    this.states.push(reduce(this.state, event));
    this.log = [...this.log, event];
    this.order.push(commandId);
    const frame = { streamId: WORKSPACE, epoch: this.epoch, events: [event] };
    for (const link of this.links()) {
      if (link.up && link.joined) link.tell({ event: 'workspace.events', data: frame });
    }
    return event;
  }
}

function reduce(state: WorkspaceState, event: WorkspaceEvent): WorkspaceState {
  if ((event.type as string) === 'from-a-newer-server') return { ...state, seq: event.seq };
  return applyEvent(state, event);
}

function retryLater(fate: Fate) {
  const error: WireError =
    fate === 'rate-limit'
      ? { code: 'rate-limited', details: { retryAfterMs: 700 } }
      : { code: 'unavailable', details: {} };
  return { ok: false as const, retry: true, error };
}

/** One page of one person. Seats 0 and 1 are two tabs of the same person on the same outbox. */
class Seat {
  readonly link = new Link();
  readonly client: SimpulClient;
  readonly room: Room;

  constructor(
    readonly personId: string,
    store: MemoryOutbox,
    clock: FakeClock,
    faults: unknown[],
  ) {
    this.client = new SimpulClient({
      url: '',
      personId,
      store,
      clock,
      random: () => 0.5,
      transport: this.link,
      onFault: (error) => faults.push(error),
    });
    this.client.connect();
    this.room = this.client.workspace(WORKSPACE);
  }
}

type Step =
  | { do: 'send'; seat: number; type: 'message.post' | 'milestone.change' }
  | { do: 'serve'; seat: number; pick: number; fate: Fate }
  | { do: 'deliver'; seat: number; pick: number; fate: 'once' | 'twice' | 'never' }
  | { do: 'cut' | 'connect' | 'reload'; seat: number }
  | { do: 'retry'; seat: number }
  | { do: 'outsider'; type: 'message.posted' | 'from-a-newer-server' }
  | { do: 'restart' }
  | { do: 'beacon' }
  | { do: 'wait'; ms: number };

const seat = fc.nat({ max: 2 });
const pick = fc.nat({ max: 5 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('send' as const),
      seat,
      type: fc.constantFrom('message.post', 'message.post', 'message.post', 'milestone.change'),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('serve' as const),
      seat,
      pick,
      fate: fc.constantFrom<Fate>(
        'answer',
        'answer',
        'answer',
        'lose-answer',
        'unavailable',
        'refuse',
        'rate-limit',
      ),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('deliver' as const),
      seat,
      pick,
      fate: fc.constantFrom('once' as const, 'once' as const, 'twice' as const, 'never' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cut' as const), seat }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('connect' as const), seat }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reload' as const), seat }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('retry' as const), seat }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('outsider' as const),
      type: fc.constantFrom(
        'message.posted' as const,
        'message.posted' as const,
        'from-a-newer-server' as const,
      ),
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom({ do: 'restart' as const }, { do: 'beacon' as const }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(50, 200, 1_000, 11_000) }),
  },
);

class World {
  readonly clock = new FakeClock();
  readonly faults: unknown[] = [];
  readonly server: Server;
  /** Command ids in order of sending, by seat; a reload keeps the seat. */
  readonly sent: string[][] = [[], [], []];
  /** What was looked at in the last check: the same need not be looked at again. */
  private readonly checked: unknown[][] = [];
  /** Replaced by a new id when its owner sent a refused one again. */
  readonly replaced = new Set<string>();
  private readonly stores = [new MemoryOutbox(), new MemoryOutbox()];
  seats: Seat[];

  constructor(broken: ConstructorParameters<typeof Server>[1] = {}) {
    this.server = new Server(() => this.seats.map((one) => one.link), broken);
    this.seats = [0, 1, 2].map((index) => this.sit(index));
  }

  private sit(index: number): Seat {
    const own = index < 2 ? 0 : 1;
    return new Seat(`person-${own}`, this.stores[own]!, this.clock, this.faults);
  }

  take(action: Step): void {
    if (action.do === 'outsider') return this.server.outsider(action.type);
    if (action.do === 'restart') return this.server.restart();
    if (action.do === 'beacon') return this.server.beacon();
    if (action.do === 'wait') return this.clock.advance(action.ms);
    const one = this.seats[action.seat]!;
    const { link } = one;
    switch (action.do) {
      case 'send': {
        const sent = this.sent[action.seat]!;
        const { commandId } =
          action.type === 'message.post'
            ? one.room.send('message.post', { threadId: THREAD, body: `${action.seat}: ${sent.length}` })
            : one.room.send('milestone.change', { milestoneId: 'milestone-1', status: 'DONE' });
        sent.push(commandId);
        return;
      }
      case 'serve':
        return this.server.handle(
          link,
          action.pick % Math.max(1, link.toServer.length),
          action.fate,
          one.personId,
        );
      case 'deliver': {
        const at = action.pick % Math.max(1, link.toClient.length);
        const packet = link.toClient[at];
        if (action.fate !== 'twice') link.toClient.splice(at, 1);
        if (action.fate !== 'never') packet?.();
        return;
      }
      case 'cut':
        return link.cut();
      case 'connect':
        return link.connect();
      case 'reload': {
        one.client.close();
        const next = this.sit(action.seat);
        // What the old page asked may still be done.
        next.link.toServer = link.toServer;
        this.seats[action.seat] = next;
        return;
      }
      case 'retry': {
        const failed = one.room.view.get().pending.find((command) => command.state === 'failed');
        if (!failed) return;
        const before = new Set(one.room.view.get().pending.map((command) => command.commandId));
        one.room.retry(failed.commandId);
        const fresh = one.room.view.get().pending.find((command) => !before.has(command.commandId));
        this.replaced.add(failed.commandId);
        if (fresh) this.sent[action.seat]!.push(fresh.commandId);
        return;
      }
      default:
        return action satisfies never;
    }
  }

  /** What must hold at every moment. */
  check(): void {
    expect(this.faults).toEqual([]);
    this.seats.forEach((one, index) => {
      const view = one.room.view.get();
      const moment = [view, this.server.log, this.sent[index]!.length];
      if (moment.every((part, i) => part === this.checked[index]?.[i])) return;
      this.checked[index] = moment;
      expect(view.state === undefined).toBe(view.status !== 'ready');
      if (!view.state || view.epoch !== this.server.epoch) return;
      const { seq } = view.state;
      expect(view.state).toEqual(this.server.stateAt(seq));
      const pending = new Set(view.pending.map((command) => command.commandId));
      const shown = new Set(view.state.windows[THREAD]!.messages.map((message) => message.commandId));
      expect([...pending].filter((id) => shown.has(id))).toEqual([]);
      const behind = new Set(this.server.log.slice(seq).map((event) => event.commandId));
      const isOnShow = (id: string): boolean => this.server.isCommitted(id) && !behind.has(id);
      const lost = this.sent[index]!.filter(
        (id) => !this.replaced.has(id) && !pending.has(id) && !isOnShow(id),
      );
      expect(lost).toEqual([]);
    });
  }

  /** The bad day ends: everything is delivered, in order, until nothing moves any more. */
  async heal(): Promise<void> {
    for (let round = 0; round < 400; round++) {
      await this.pass();
      if (this.isQuiet()) return;
      if (round % 5 === 4) this.server.beacon();
      this.clock.advance(200);
    }
    throw new Error(`never quiet: ${JSON.stringify(this.seats.map((one) => one.room.view.get()))}`);
  }

  /** Quiet means quiet: once lost answers have timed out, nobody goes on asking. */
  async stayQuiet(): Promise<void> {
    for (let round = 0; round < 12; round++) {
      this.clock.advance(5_000);
      if (round >= 8) expect(this.seats.flatMap((one) => one.link.toServer)).toEqual([]);
      await this.pass();
    }
  }

  private async pass(): Promise<void> {
    for (const { link, personId } of this.seats) {
      link.connect();
      while (link.toServer.length > 0) this.server.handle(link, 0, 'answer', personId);
      for (let packet = link.toClient.shift(); packet; packet = link.toClient.shift()) packet();
    }
    await settle();
    this.check();
  }

  private isQuiet(): boolean {
    return this.seats.every(({ link, room }) => {
      const view = room.view.get();
      const atHead = view.epoch === this.server.epoch && view.state?.seq === this.server.log.length;
      const done = view.pending.every((command) => command.state === 'failed');
      return atHead && done && link.toServer.length + link.toClient.length === 0;
    });
  }

  /** After the healing: one history everywhere, nothing lost, nothing twice, each sender's order kept. */
  checkEnd(): void {
    const { order } = this.server;
    expect(new Set(order).size).toBe(order.length);
    this.seats.forEach((one, index) => {
      const view = one.room.view.get();
      expect(view.state).toEqual(this.server.state);
      const failed = view.pending.map((command: PendingCommand) => command.commandId);
      const accepted = this.sent[index]!.filter((id) => order.includes(id));
      expect(order.filter((id) => accepted.includes(id))).toEqual(accepted);
      for (const id of this.sent[index]!) {
        if (!this.replaced.has(id)) expect(order.includes(id) !== failed.includes(id)).toBe(true);
      }
    });
  }

  close(): void {
    for (const one of this.seats) {
      one.room.leave();
      one.client.close();
    }
    expect(this.clock.waiting).toBe(0);
  }
}

async function live(steps: Step[], broken: ConstructorParameters<typeof Server>[1] = {}): Promise<void> {
  const world = new World(broken);
  for (const action of steps) {
    world.take(action);
    await settle();
    world.check();
  }
  await world.heal();
  world.checkEnd();
  await world.stayQuiet();
  world.close();
}

const RUNS = 100;

describe('whatever the network and the server do', () => {
  it('every client ends with the history of the server, nothing sent is lost or doubled, and order is kept', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 120, size: 'max' }), (steps) => live(steps)),
      { numRuns: RUNS },
    );
  }, 120_000);

  it.each([
    ['forgets the commands it has carried out', { forgetsCommands: true }],
    ['does not look at what must come first', { ignoresAfter: true }],
  ])(
    'would notice a server that %s',
    async (_name, broken) => {
      const outcome = await fc.check(
        fc.asyncProperty(fc.array(step, { maxLength: 120, size: 'max' }), (steps) => live(steps, broken)),
        { numRuns: 300, endOnFailure: true, seed: 7 },
      );
      expect(outcome.failed).toBe(true);
    },
    120_000,
  );
});
