import fc from 'fast-check';
import { applyEvent } from '#libs/contracts';
import type {
  MessageView,
  ThreadPage,
  ThreadPageRequest,
  WorkspaceEvent,
  WorkspaceState,
} from '#libs/contracts';
import { aMessage, aPosted, aState, aThread, FakeClock, settle, THREAD } from '../test-support.js';
import { ThreadPages } from './thread-pages.js';
import type { RequestName, RequestOf, Transport, TransportListener } from '../wire/transport.js';
import { Wire } from '../wire/wire.js';

const PAGE = 5;

interface Waiting {
  data: ThreadPageRequest;
  answer: (page: ThreadPage | null) => void;
}

/** A thread on a server, what one client has heard of it, and pages that are on their way. */
class World {
  /** The truth after each event. */
  readonly truth: MessageView[][] = [[]];
  readonly log: WorkspaceEvent[] = [];
  waiting: Waiting[] = [];
  state: WorkspaceState | undefined = aState();
  readonly pages: ThreadPages;

  constructor(private readonly broken: { deaf?: boolean } = {}) {
    const transport: Transport = {
      open: (_listener: TransportListener) => undefined,
      close: () => undefined,
      renew: () => undefined,
      hint: () => undefined,
      send: <E extends RequestName>(_event: E, data: RequestOf<E>, answer: (answer: never) => void) => {
        this.waiting.push({
          data: data as ThreadPageRequest,
          answer: (page) => {
            const refused = { ok: false, retry: true, error: { code: 'unavailable', details: {} } };
            answer((page ? { ok: true, ...page } : refused) as never);
          },
        });
      },
    };
    const wire = new Wire(transport, new FakeClock(), () => undefined);
    wire.up();
    this.pages = new ThreadPages('workspace-1', wire, {
      state: () => this.state,
      replace: (state) => {
        this.state = state;
      },
      changed: () => undefined,
    });
  }

  get now(): MessageView[] {
    return this.truth.at(-1) ?? [];
  }

  private commit(event: WorkspaceEvent, messages: MessageView[]): void {
    this.log.push(event);
    this.truth.push(messages);
  }

  post(): void {
    const no = this.now.length + 1;
    const seq = this.log.length + 1;
    this.commit(aPosted(seq, { no }), [...this.now, aMessage({ no })]);
  }

  edit(no: number): void {
    const known = this.now[no - 1];
    if (!known || known.deleted) return;
    const seq = this.log.length + 1;
    const message = { ...known, edits: known.edits + 1, body: `${known.body}!` };
    const event = { ...aPosted(seq, { no }), type: 'message.edited', data: { message } } as WorkspaceEvent;
    this.commit(event, this.now.with(no - 1, message));
  }

  /** The client hears so many events more. */
  hear(count: number): void {
    for (let n = 0; n < count && this.state; n++) {
      const event = this.log[this.state.seq];
      if (!event) return;
      this.state = applyEvent(this.state, event);
      if (!this.broken.deaf) this.pages.heard(event);
    }
  }

  /** A snapshot of the present takes the place of what is known. */
  reset(): void {
    if (this.state) this.pages.keep(this.state);
    const { now } = this;
    this.state = aState({
      seq: this.log.length,
      threads: [aThread(THREAD, now.length)],
      windows: now.length === 0 ? { [THREAD]: { messages: [] } } : {},
    });
    this.pages.restore();
  }

  /** The server reads a page, not before it was asked and not before what the client knows was committed. */
  answer(index: number, ageOfRead: number, lost: boolean): void {
    const [request] = this.waiting.splice(index % Math.max(1, this.waiting.length), 1);
    if (!request) return;
    if (lost) {
      request.answer(null);
      return;
    }
    const oldest = Math.max(this.readFrom.get(request) ?? 0, 0);
    const at = Math.max(oldest, this.log.length - ageOfRead);
    request.answer(this.page(request.data, this.truth[at] ?? []));
  }

  private readonly readFrom = new Map<Waiting, number>();

  /** Remembers for new requests what was committed when they were asked. */
  stamp(): void {
    for (const request of this.waiting) {
      if (!this.readFrom.has(request)) this.readFrom.set(request, this.log.length);
    }
  }

  private page({ before, after, around }: ThreadPageRequest, messages: MessageView[]): ThreadPage {
    const count = messages.length;
    let from: number;
    if (after !== undefined) from = after + 1;
    else if (around !== undefined) from = Math.max(1, Math.min(around - 2, count - PAGE + 1));
    else from = Math.max(1, Math.min((before ?? count + 1) - 1, count) - PAGE + 1);
    const to = Math.min(before === undefined ? from + PAGE - 1 : before - 1, count);
    return { threadId: THREAD, messages: messages.slice(from - 1, to), messageCount: count };
  }

  get window(): MessageView[] | undefined {
    return this.state?.windows[THREAD]?.messages;
  }

  get passage(): MessageView[] | undefined {
    return this.pages.passages[THREAD]?.messages;
  }
}

const numbers = (messages: readonly MessageView[] | undefined) => messages?.map(({ no }) => no) ?? [];

function expectWhole(world: World): void {
  const { window, passage } = world;
  for (const piece of [window, passage]) {
    const nos = numbers(piece);
    expect(nos).toEqual(nos.map((_, i) => (nos[0] ?? 0) + i));
  }
  const end = world.state?.threads[0]?.messageCount ?? 0;
  const last = window?.at(-1)?.no;
  // The window reaches at least as far as what was heard.
  if (last !== undefined) expect(last).toBeGreaterThanOrEqual(end);
  // Pieces that touch are one.
  const here = new Set(numbers(window).flatMap((no) => [no - 1, no, no + 1]));
  expect(numbers(passage).filter((no) => here.has(no))).toEqual([]);
}

type Step = (world: World) => void;

const no = fc.integer({ min: 1, max: 40 });
const steps: fc.Arbitrary<Step>[] = [
  fc.constant((world) => world.post()),
  fc.integer({ min: 1, max: 12 }).map((count) => (world) => {
    for (let n = 0; n < count; n++) world.post();
  }),
  no.map((at) => (world) => world.edit(at)),
  fc.integer({ min: 1, max: 20 }).map((count) => (world) => world.hear(count)),
  fc.constant((world) => world.reset()),
  fc.constant((world) => void world.pages.load(THREAD).catch(() => undefined)),
  fc.constant((world) => void world.pages.newer(THREAD).catch(() => undefined)),
  no.map((at) => (world) => void world.pages.openAt(THREAD, at).catch(() => undefined)),
  fc.constant((world) => world.pages.toEnd(THREAD)),
  fc.record({ index: fc.nat(5), age: fc.nat(8) }).map(
    ({ index, age }) =>
      (world) =>
        world.answer(index, age, false),
  ),
  fc.nat(5).map((index) => (world) => world.answer(index, 0, true)),
];

async function play(world: World, script: readonly Step[]): Promise<void> {
  for (const step of script) {
    step(world);
    await settle();
    world.stamp();
    expectWhole(world);
  }
  // Everything comes to rest.
  for (let round = 0; round < 40 && world.waiting.length > 0; round++) {
    world.answer(0, 0, false);
    await settle();
    world.stamp();
    expectWhole(world);
  }
  world.hear(world.log.length);
  await settle();
  expectWhole(world);
  for (const message of [...(world.window ?? []), ...(world.passage ?? [])]) {
    expect(message).toEqual(world.now[message.no - 1]);
  }
}

describe('the pages of a thread', () => {
  it('make contiguous pieces that show the truth, in whatever order pages, events and resets come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(...steps), { maxLength: 40 }), async (script) => {
        await play(new World(), script);
      }),
      { numRuns: 1_000 },
    );
  }, 60_000);

  it('would show something else if they did not hear what happens', async () => {
    const deaf = fc.asyncProperty(fc.array(fc.oneof(...steps), { maxLength: 40 }), async (script) => {
      await play(new World({ deaf: true }), script);
    });
    expect((await fc.check(deaf, { numRuns: 2_000, seed: 7 })).failed).toBe(true);
  }, 120_000);

  async function aThreadOf(count: number): Promise<World> {
    const world = new World();
    for (let n = 0; n < count; n++) world.post();
    world.reset();
    await turn(world);
    return world;
  }
  async function turn(world: World): Promise<void> {
    await settle();
    world.answer(0, 0, false);
    await settle();
  }

  it('open at a place and grow both ways until they meet the end', async () => {
    const world = await aThreadOf(30);
    const opened = world.pages.openAt(THREAD, 12);
    await turn(world);
    expect(await opened).toBe(true);
    expect(numbers(world.passage)).toEqual([10, 11, 12, 13, 14]);
    expect(numbers(world.window)).toEqual([26, 27, 28, 29, 30]);
    const older = world.pages.load(THREAD);
    await turn(world);
    expect(await older).toBe(true);
    expect(world.passage?.[0]?.no).toBe(5);
    for (const more of [true, true, false]) {
      const newer = world.pages.newer(THREAD);
      await turn(world);
      expect(await newer).toBe(more);
    }
    expect(world.passage).toBeUndefined();
    expect(world.window?.[0]?.no).toBe(5);
    expect(world.window?.at(-1)?.no).toBe(30);
    expect(await world.pages.newer(THREAD)).toBe(false);
  });

  it('open nothing anew for a message that is there, and tell of one that is not', async () => {
    const world = await aThreadOf(8);
    expect(await world.pages.openAt(THREAD, 6)).toBe(true);
    expect(world.passage).toBeUndefined();
    const missing = world.pages.openAt(THREAD, 99);
    await turn(world);
    expect(await missing).toBe(false);
    expectWhole(world);
  });

  it('do not show a page that is older than the snapshot that came meanwhile', async () => {
    const world = await aThreadOf(20);
    const opened = world.pages.openAt(THREAD, 3);
    world.stamp();
    world.edit(3);
    world.reset();
    // Read before the edit, which the snapshot has and no event will bring.
    world.answer(0, 1, false);
    await turn(world);
    await turn(world);
    expect(await opened).toBe(true);
    expect(world.passage).toEqual(world.now.slice(0, PAGE));
  });

  it('follow the last wish when the reader goes elsewhere before the answer', async () => {
    const world = await aThreadOf(40);
    const first = world.pages.openAt(THREAD, 10);
    const second = world.pages.openAt(THREAD, 30);
    await turn(world);
    await turn(world);
    await Promise.all([first, second]);
    expect(numbers(world.passage)).toContain(30);
    world.pages.toEnd(THREAD);
    expect(world.passage).toBeUndefined();
  });
});
