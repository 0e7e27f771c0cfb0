import { jest } from '@jest/globals';
import fc from 'fast-check';
import type { EventsFrame, StreamEvent } from '#libs/contracts';
import type { Fanout, Listener } from './fanout.js';
import { StreamHub, streamChannel, type StreamSource } from './stream-hub.js';

const STREAM = '00000000-0000-4000-8000-000000000001';

/** The database of a test: an array that only grows, or is replaced by a restored backup. */
class Ledger implements StreamSource {
  log: StreamEvent[] = [];
  epoch = 'e1';
  away = false;
  aclVersion = 1;
  asked = 0;

  write(count = 1): EventsFrame {
    const events = Array.from({ length: count }, () => {
      const event = anEvent(this.log.length + 1);
      this.log.push(event);
      return event;
    });
    return { streamId: STREAM, epoch: this.epoch, events };
  }

  heads(ids: readonly string[]) {
    if (this.away) return Promise.reject(new Error('away'));
    return Promise.resolve(
      ids.includes(STREAM)
        ? [{ id: STREAM, seq: this.log.length, epoch: this.epoch, aclVersion: this.aclVersion }]
        : [],
    );
  }

  events(_id: string, after: number, upTo: number, limit: number) {
    if (this.away) return Promise.reject(new Error('away'));
    this.asked++;
    return Promise.resolve(this.log.slice(after, Math.min(upTo, after + limit)));
  }
}

/** A fan-out whose hints the test delivers by hand. */
class HandFanout implements Fanout {
  readonly state = 'ready';
  readonly trouble = null;
  readonly lost = 0;
  readonly channels = new Map<string, Listener>();
  private ready: () => void = () => undefined;

  readonly published: string[] = [];

  publish(_channel: string, message: string): void {
    this.published.push(message);
  }
  subscribe(channel: string, listener: Listener) {
    this.channels.set(channel, listener);
    return Promise.resolve();
  }
  unsubscribe(channel: string) {
    this.channels.delete(channel);
  }
  onReady(listener: () => void) {
    this.ready = listener;
  }
  back() {
    this.ready();
  }
  hint(frame: EventsFrame) {
    this.channels.get(streamChannel(STREAM))?.(JSON.stringify({ f: frame }));
  }
  raw(text: string) {
    this.channels.get(streamChannel(STREAM))?.(text);
  }
  close() {
    return Promise.resolve();
  }
}

function anEvent(seq: number): StreamEvent {
  return {
    streamId: STREAM,
    seq,
    type: 'member.removed',
    at: '2026-11-24T02:00:00.000Z',
    actor: { id: 'a', name: 'A', opd: 'PUPR' },
    commandId: `c${seq}`,
    data: { personId: 'p', reason: '' },
  };
}

interface House {
  hub: StreamHub;
  ledger: Ledger;
  fanout: HandFanout;
  seen: number[];
  resets: number[];
  errors: unknown[];
  listener: Parameters<StreamHub['watch']>[1];
}

function aHub(): House {
  const ledger = new Ledger();
  const fanout = new HandFanout();
  const errors: unknown[] = [];
  const hub = new StreamHub(fanout, ledger, (error) => errors.push(error));
  const seen: number[] = [];
  const resets: number[] = [];
  const listener = {
    events: (frame: EventsFrame) => seen.push(...frame.events.map((event) => event.seq)),
    reset: (head: { seq: number }) => resets.push(head.seq),
  };
  return { hub, ledger, fanout, seen, resets, errors, listener };
}

const settle = async () => {
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
};

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('StreamHub', () => {
  const hubs: StreamHub[] = [];
  const open = async () => {
    const house = aHub();
    hubs.push(house.hub);
    house.ledger.write(3);
    await house.hub.watch(STREAM, house.listener);
    return house;
  };
  afterEach(async () => {
    await Promise.all(hubs.splice(0).map((hub) => hub.stop()));
  });

  it('tells what comes after the head it found, and nothing before', async () => {
    const { hub, ledger, seen } = await open();
    hub.committed([ledger.write()]);
    expect(seen).toEqual([4]);
    expect(hub.position(STREAM)).toMatchObject({ seq: 4, epoch: 'e1' });
  });

  it('carries the name of a recorded commit to whoever records, here and elsewhere', async () => {
    const { hub, ledger, fanout, seen } = await open();
    const told: unknown[] = [];
    hub.traced = (trace, { events }, way, tell) => {
      told.push([trace, events.map(({ seq }) => seq), way]);
      tell();
    };
    hub.committed([{ ...ledger.write(), trace: 'mine' }]);
    hub.committed([ledger.write()]);
    const frame = ledger.write();
    fanout.raw(JSON.stringify({ f: frame, t: 'yours' }));
    fanout.raw(JSON.stringify({ f: frame, t: 'twice' }));

    expect(seen).toEqual([4, 5, 6]);
    expect(told).toEqual([
      ['mine', [4], 'own'],
      ['yours', [6], 'hint'],
    ]);
    expect(fanout.published.map((text) => Object.keys(JSON.parse(text) as object))).toEqual([
      ['f', 't'],
      ['f'],
    ]);
  });

  it('passes a named frame on when nobody records', async () => {
    const { ledger, fanout, seen } = await open();
    fanout.raw(JSON.stringify({ f: ledger.write(), t: 'yours' }));
    expect(seen).toEqual([4]);
  });

  it('drops what came twice', async () => {
    const { ledger, fanout, seen } = await open();
    const frame = ledger.write(2);
    fanout.hint(frame);
    fanout.hint(frame);
    fanout.hint({ ...frame, events: frame.events.slice(1) });
    expect(seen).toEqual([4, 5]);
  });

  it('fills a hole from the database before it goes on', async () => {
    const { ledger, fanout, seen, hub } = await open();
    ledger.write(5);
    fanout.hint(ledger.write());
    expect(seen).toEqual([]);
    await settle();
    expect(seen).toEqual(range(4, 9));
    expect(hub.fills).toBe(1);
  });

  it('asks the database once for many hints behind one hole', async () => {
    const { ledger, fanout, seen } = await open();
    ledger.write();
    for (let i = 0; i < 10; i++) fanout.hint(ledger.write());
    await settle();
    expect(seen).toEqual(range(4, 14));
    expect(ledger.asked).toBeLessThanOrEqual(2);
  });

  it('finds a lost last event when the broker is back', async () => {
    const { ledger, fanout, seen } = await open();
    ledger.write(2);
    fanout.back();
    await settle();
    expect(seen).toEqual([4, 5]);
  });

  it('finds a lost last event by itself within two seconds', async () => {
    const { ledger, seen } = await open();
    ledger.write(2);
    const until = Date.now() + 2_000;
    while (seen.length < 2 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(seen).toEqual([4, 5]);
  });

  it('goes on after the database was away', async () => {
    const { ledger, fanout, seen, errors } = await open();
    ledger.write();
    ledger.away = true;
    fanout.hint(ledger.write());
    await settle();
    expect(seen).toEqual([]);
    expect(errors).toHaveLength(1);
    ledger.away = false;
    fanout.back();
    await settle();
    expect(seen).toEqual([4, 5]);
  });

  it('starts anew when the history was replaced', async () => {
    const { ledger, fanout, seen, resets } = await open();
    ledger.epoch = 'e2';
    ledger.log = ledger.log.slice(0, 1);
    const frame = ledger.write();
    fanout.hint(frame);
    await settle();
    expect(resets).toEqual([2]);
    fanout.hint(ledger.write());
    expect(seen).toEqual([3]);
  });

  it('says when who may see the stream has changed without an event', async () => {
    const { hub, ledger, fanout } = await open();
    let told = 0;
    await hub.watch(STREAM, { events: () => undefined, rights: () => told++ });
    fanout.back();
    await settle();
    expect(told).toBe(0);
    ledger.aclVersion++;
    fanout.back();
    await settle();
    expect(told).toBe(1);
  });

  it('is not fooled by a hint of another history', async () => {
    const { ledger, fanout, seen, resets } = await open();
    fanout.hint({ streamId: STREAM, epoch: 'forged', events: [anEvent(4)] });
    await settle();
    expect(seen).toEqual([]);
    expect(resets).toEqual([]);
    fanout.hint(ledger.write());
    expect(seen).toEqual([4]);
  });

  it('survives a hint that is no JSON', async () => {
    const { ledger, fanout, seen, errors } = await open();
    fanout.raw('{');
    fanout.hint(ledger.write());
    expect(errors).toHaveLength(1);
    expect(seen).toEqual([4]);
  });

  it('refuses a stream that does not exist and forgets it', async () => {
    const { hub } = await open();
    await expect(
      hub.watch('00000000-0000-4000-8000-00000000dead', { events: () => undefined }),
    ).rejects.toThrow('does not exist');
    expect(hub.size).toBe(1);
  });

  it('answers from memory what is still there, and says when it is not', async () => {
    const { hub, ledger } = await open();
    hub.committed([ledger.write(600)]);
    hub.committed([ledger.write(1)]);
    expect(hub.since(STREAM, 602)?.map((event) => event.seq)).toEqual([603, 604]);
    expect(hub.since(STREAM, 604)).toEqual([]);
    expect(hub.since(STREAM, 3)).toBeNull();
  });

  it('forgets after some seconds what nobody can need any more, and nothing before', async () => {
    jest.useFakeTimers();
    try {
      const { hub, ledger } = await open();
      hub.committed([ledger.write(2)]);
      await jest.advanceTimersByTimeAsync(5_000);
      expect(hub.since(STREAM, 3)?.map((event) => event.seq)).toEqual([4, 5]);
      await jest.advanceTimersByTimeAsync(25_000);
      expect(hub.since(STREAM, 3)).toBeNull();
      hub.committed([ledger.write(1)]);
      expect(hub.since(STREAM, 5)?.map((event) => event.seq)).toEqual([6]);
      expect(hub.since(STREAM, 3)).toBeNull();
      await hub.stop();
    } finally {
      jest.useRealTimers();
    }
  });

  it('forgets what a deleted message said, in every event about it', async () => {
    const { hub, ledger } = await open();
    const message = { id: 'm', body: 'Rahasia', mentions: [], attachments: ['Rahasia.pdf'] };
    const deleted = { at: 'now', by: { id: 'a', name: 'A', opd: '' }, reason: null };
    const write = (type: StreamEvent['type'], data: object) => {
      const event = { ...anEvent(ledger.log.length + 1), type, data } as StreamEvent;
      ledger.log.push(event);
      hub.committed([{ streamId: STREAM, epoch: 'e1', events: [event] }]);
    };
    write('message.posted', { message });
    write('message.posted', { message: { ...message, id: 'other', body: 'Tetap', attachments: [] } });
    write('message.edited', { message });
    write('message.deleted', { message: { ...message, body: '', attachments: [], deleted } });
    const kept = hub.since(STREAM, 3);
    expect(kept?.map(({ type }) => type)).toEqual([
      'message.posted',
      'message.posted',
      'message.edited',
      'message.deleted',
    ]);
    expect(JSON.stringify(kept)).not.toContain('Rahasia');
    expect(JSON.stringify(kept)).toContain('Tetap');
  });

  it('tells every watcher everything once in order, whatever happens to the hints', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            count: fc.integer({ min: 1, max: 4 }),
            fate: fc.constantFrom('own', 'hint', 'lost', 'twice', 'late', 'back', 'away'),
          }),
          { maxLength: 40 },
        ),
        async (steps) => {
          const { hub, ledger, fanout, seen, listener } = aHub();
          ledger.write(2);
          await hub.watch(STREAM, listener);
          const late: EventsFrame[] = [];
          for (const { count, fate } of steps) {
            ledger.away = fate === 'away';
            const frame = ledger.write(count);
            if (fate === 'own') hub.committed([frame]);
            if (fate === 'hint' || fate === 'twice' || fate === 'away') fanout.hint(frame);
            if (fate === 'twice') fanout.hint(frame);
            if (fate === 'late') late.push(frame);
            if (fate === 'back') {
              for (const old of late.splice(0).reverse()) fanout.hint(old);
              fanout.back();
            }
            if (count % 2) await settle();
          }
          ledger.away = false;
          for (const old of late) fanout.hint(old);
          await settle();
          fanout.back();
          await settle();
          await hub.stop();
          expect(seen).toEqual(range(3, ledger.log.length));
        },
      ),
      { numRuns: 150 },
    );
  }, 60_000);
});
