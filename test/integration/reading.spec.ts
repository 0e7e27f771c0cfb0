import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { firstUnread, type MarkView, type PersonEvent, type WorkspaceEvent } from '#libs/contracts';
import { readEvents, WorkspaceLog } from '#libs/database';
import { Reading } from '../../libs/client/room/reading.js';
import type { Clock } from '../../libs/client/clock.js';
import type { Wire } from '../../libs/client/wire/wire.js';
import { MessageChanges } from '../../src/discussion/message-changes.service.js';
import { NoteSweeper } from '../../src/reading/note-sweeper.js';
import { ReadingService } from '../../src/reading/reading.service.js';
import { City } from '../support/city.js';
import { LiveApp } from '../support/live-app.js';
import { between, pick, randomOf, type Random } from '../fault/random.js';

const EVENTS = 10_000;
const SEED = Number(process.env.SIMPUL_READING_SEED ?? 20_261_124);

let city: City;
let app: LiveApp;

beforeAll(async () => {
  city = await City.build();
  app = await LiveApp.start(city.url);
}, 60_000);

afterAll(async () => {
  await app?.close();
  await city?.close();
});

const int = (random: Random, low: number, high: number): number => Math.floor(between(random, low, high + 1));

/** What has to be true, in the plainest words: messages, and how far they were read. */
class Model {
  private readonly threads = new Map<
    string,
    { authors: string[]; deleted: Set<number>; upTo: number; unreadFrom: number | null }
  >();

  constructor(private readonly me: string) {}

  opened(threadId: string): void {
    this.threads.set(threadId, { authors: [], deleted: new Set(), upTo: 0, unreadFrom: null });
  }
  posted(threadId: string, author: string): void {
    this.at(threadId).authors.push(author);
  }
  deleted(threadId: string, no: number): void {
    this.at(threadId).deleted.add(no);
  }
  isDeleted(threadId: string, no: number): boolean {
    return this.at(threadId).deleted.has(no);
  }
  lengthOf(threadId: string): number {
    return this.at(threadId).authors.length;
  }
  take({ threadId, upTo, unreadFrom }: MarkView): void {
    Object.assign(this.at(threadId), { upTo, unreadFrom });
  }
  upTo(threadId: string): number {
    return this.at(threadId).upTo;
  }
  unread(threadId: string): number {
    const { authors, deleted, ...mark } = this.at(threadId);
    const from = firstUnread(mark);
    return authors.filter((author, i) => i + 1 >= from && author !== this.me && !deleted.has(i + 1)).length;
  }
  private at(threadId: string) {
    const thread = this.threads.get(threadId);
    if (!thread) throw new Error(`there is no thread ${threadId}`);
    return thread;
  }
}

/** A device of the reader: gets both streams in order, but not in step, and nothing while it is offline. */
class Device {
  readonly wire: Pick<Wire, 'online' | 'request'>;
  readonly reading: Reading;
  private readonly alarms = new Set<() => void>();
  private workspaceEvents: WorkspaceEvent[] = [];
  private personEvents: PersonEvent[] = [];
  private seq: number;
  private waiting = 0;

  constructor(
    private readonly taskId: string,
    private readonly me: string,
    head: number,
    private readonly random: Random,
  ) {
    this.seq = head;
    const device = { online: true, request: (name: string, data: never) => this.ask(name, data) };
    this.wire = device as unknown as Pick<Wire, 'online' | 'request'>;
    const clock: Clock = {
      now: () => Date.now(),
      after: (_ms, done) => {
        this.alarms.add(done);
        return () => void this.alarms.delete(done);
      },
    };
    this.reading = new Reading(taskId, {
      ...{ personId: me, wire: this.wire, clock },
      changed: () => {
        for (const { unread } of this.reading?.threads.values() ?? [])
          if (unread < 0) throw new Error('negative');
      },
    });
    this.reading.joined();
  }

  hear(events: readonly (WorkspaceEvent | PersonEvent)[], kind: 'workspace' | 'person'): void {
    if (!this.wire.online) return;
    if (kind === 'workspace') this.workspaceEvents.push(...(events as WorkspaceEvent[]));
    else this.personEvents.push(...(events as PersonEvent[]));
  }

  /** Some of what has arrived, of one stream or of the other. */
  step(): void {
    if (this.random() < 0.5) this.applyWorkspace(int(this.random, 0, 3));
    else this.applyPerson(int(this.random, 0, 3));
    if (this.random() < 0.3) this.ring();
  }

  offline(): void {
    this.wire.online = false;
    this.workspaceEvents = [];
    this.personEvents = [];
  }

  async online(): Promise<void> {
    if (this.wire.online) return;
    this.wire.online = true;
    // As a join does: the history's missing part first, in order.
    const missed = await readEvents(city.here.source.manager, this.taskId, this.seq, 1e9, 100_000);
    this.workspaceEvents = [...missed, ...this.workspaceEvents] as WorkspaceEvent[];
    this.reading.joined();
  }

  rejoin(): void {
    this.reading.clear();
    if (this.wire.online) this.reading.joined();
  }

  async settle(): Promise<void> {
    await this.online();
    for (let quiet = 0; quiet < 3; quiet++) {
      this.ring();
      this.applyWorkspace(Number.POSITIVE_INFINITY);
      this.applyPerson(Number.POSITIVE_INFINITY);
      while (this.waiting > 0) await pause(1);
    }
  }

  private applyWorkspace(count: number): void {
    for (const event of this.workspaceEvents.splice(0, count)) {
      if (event.seq !== this.seq + 1) continue;
      this.seq = event.seq;
      this.reading.applied(event);
    }
  }

  private applyPerson(count: number): void {
    for (const event of this.personEvents.splice(0, count))
      if (event.type === 'mark.moved') this.reading.onMark(event.data.mark);
  }

  private ring(): void {
    for (const alarm of [...this.alarms]) {
      this.alarms.delete(alarm);
      alarm();
    }
  }

  private async ask(name: string, data: never): Promise<object> {
    if (!this.wire.online) throw new Error('offline');
    const service = app.get(ReadingService);
    const person = { id: this.me, name: '', opd: '' };
    this.waiting++;
    try {
      const answer =
        name === 'marks.read'
          ? { marks: await service.marks(this.me, this.taskId) }
          : {
              mark: await (name === 'thread.read'
                ? service.read(person, data)
                : service.markUnread(person, data)),
            };
      // On its way for a while: what was answered later may arrive earlier.
      await pause(int(this.random, 0, 6));
      return answer;
    } finally {
      this.waiting--;
    }
  }
}

it(`reading marks never lie: ${EVENTS} random happenings, two devices, offline spells, a member who leaves and returns`, async () => {
  const random = randomOf(SEED, 'reading');
  const { people } = city;
  const taskId = await city.aTask();
  const me = people.member.id;
  const model = new Model(me);
  const threads: string[] = [];
  const openThread = async (): Promise<void> => {
    const threadId = await city.aThread(taskId);
    threads.push(threadId);
    model.opened(threadId);
  };
  const head = async () => (await city.here.reader.snapshot(people.lead.id, taskId)).seq;
  const start = await head();
  const devices = [0, 1].map((i) => new Device(taskId, me, start, randomOf(SEED, `device ${i}`)));
  const frames = (log: WorkspaceLog): void =>
    log.onCommitted((all) => {
      for (const { streamId, kind, events } of all) {
        if (streamId !== taskId && streamId !== me) continue;
        for (const device of devices) device.hear(events as never, kind as 'workspace' | 'person');
      }
    });
  frames(city.here.log);
  frames(app.get(WorkspaceLog));
  for (let i = 0; i < 3; i++) await openThread();

  const kinds = { posted: 0, deleted: 0, read: 0, unread: 0, offline: 0, left: 0, checked: 0 };
  const check = async (): Promise<void> => {
    await Promise.all(devices.map((device) => device.settle()));
    const marks = await app.get(ReadingService).marks(me, taskId);
    for (const mark of marks) model.take(mark);
    // Reading of one device reaches the other only after its answer.
    await Promise.all(devices.map((device) => device.settle()));
    for (const threadId of threads) {
      const expected = model.unread(threadId);
      const mark = marks.find((each) => each.threadId === threadId);
      expect([threadId, mark?.unread]).toEqual([threadId, expected]);
      for (const device of devices)
        expect([threadId, device.reading.threads.get(threadId)?.unread]).toEqual([threadId, expected]);
      expect(model.upTo(threadId)).toBeGreaterThanOrEqual(upTo.get(threadId) ?? 0);
      upTo.set(threadId, model.upTo(threadId));
      // What was read is unread again by its reader's own wish, and by nothing else.
      const first = mark ? firstUnread(mark) : 0;
      if (!byHand.has(threadId)) expect(first).toBeGreaterThanOrEqual(firstOf.get(threadId) ?? 0);
      firstOf.set(threadId, first);
    }
    byHand.clear();
    kinds.checked++;
  };
  const upTo = new Map<string, number>();
  const firstOf = new Map<string, number>();
  /** Marked as unread by hand since the last look. */
  const byHand = new Set<string>();

  for (let n = 0; n < EVENTS;) {
    const threadId = pick(random, threads);
    const device = pick(random, devices);
    const dice = random();
    if (dice < 0.5) {
      // A burst: several write at the same moment.
      const burst = int(random, 1, 12);
      const by = Array.from({ length: burst }, () => pick(random, ['lead', 'member'] as const));
      await Promise.all(by.map((author) => city.post(author, taskId, threadId, 'kabar')));
      const stored = await city.here.source.query<{ author_id: string }[]>(
        'SELECT author_id FROM messages WHERE thread_id = $1 AND no > $2 ORDER BY no',
        [threadId, model.lengthOf(threadId)],
      );
      for (const { author_id } of stored) model.posted(threadId, author_id);
      kinds.posted += burst;
      n += burst;
    } else if (dice < 0.8) {
      device.reading.read(threadId, int(random, 0, model.lengthOf(threadId)));
      kinds.read++;
      n++;
    } else if (dice < 0.86 && device.wire.online && model.lengthOf(threadId) > 0) {
      byHand.add(threadId);
      await device.reading.markUnread(threadId, int(random, 1, model.lengthOf(threadId)));
      kinds.unread++;
      n++;
    } else if (dice < 0.89 && model.lengthOf(threadId) > 0) {
      const no = int(random, 1, model.lengthOf(threadId));
      if (!model.isDeleted(threadId, no)) {
        const [message] = await city.here.source.query<{ id: string }[]>(
          'SELECT id FROM messages WHERE thread_id = $1 AND no = $2',
          [threadId, no],
        );
        const about = { workspaceId: taskId, commandId: randomUUID(), messageId: message?.id ?? '' };
        await app.get(MessageChanges).delete(people.lead, { ...about, reason: 'Data pribadi' });
        model.deleted(threadId, no);
        kinds.deleted++;
      }
      n++;
    } else if (dice < 0.95) {
      if (device.wire.online) device.offline();
      else await device.online();
      kinds.offline++;
      n++;
    } else if (dice < 0.953) {
      const about = { commandId: randomUUID(), taskId, personId: me };
      await check();
      await city.here.team.removeMember(people.head, { ...about, reason: 'Cuti' });
      await city.here.team.addMember(people.head, {
        ...{ ...about, commandId: randomUUID() },
        ...{ opdId: city.opds.DLH, teamRole: 'ANGGOTA', mode: 'APPOINTED' },
      });
      // The room was closed to them, and is joined anew.
      for (const each of devices) each.rejoin();
      kinds.left++;
      n++;
    } else if (threads.length < 12) {
      await openThread();
      n++;
    }
    for (const each of devices) each.step();
    if (random() < 0.02) await check();
  }
  await check();
  console.log(`reading marks, seed ${SEED}: ${JSON.stringify(kinds)}`);
  expect(Math.min(...Object.values(kinds))).toBeGreaterThan(0);
}, 300_000);

it("sweeps what persons' streams carried days ago, and nothing else", async () => {
  const { people, here } = city;
  const taskId = await city.aTask();
  const threadId = await city.aThread(taskId);
  await city.post('lead', taskId, threadId, 'kabar');
  const reading = app.get(ReadingService);
  await reading.read(people.member, { workspaceId: taskId, threadId, upTo: 1, version: 0 });
  const count = async (type: string) =>
    (await here.source.query<unknown[]>('SELECT 1 FROM stream_event WHERE type = $1', [type])).length;
  const [marks, messages] = [await count('mark.moved'), await count('message.posted')];
  await app.get(NoteSweeper).sweep();
  expect(await count('mark.moved')).toBe(marks);
  await here.source.query(`UPDATE stream_event SET at = at - interval '4 days'`);
  await app.get(NoteSweeper).sweep();
  expect([await count('mark.moved'), await count('message.posted')]).toEqual([0, messages]);
  // The mark itself stays.
  expect(await reading.marks(people.member.id, taskId)).toMatchObject([{ upTo: 1, unread: 0 }]);
});
