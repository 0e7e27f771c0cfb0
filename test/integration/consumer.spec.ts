import { randomUUID } from 'node:crypto';
import type { StreamEvent } from '#libs/contracts';
import {
  commandOf,
  event,
  HistoryConsumer,
  numberDerived,
  SYSTEM_ACTOR,
  type CommittedFrame,
  type Derive,
} from '#libs/database';
import { City } from '../support/city.js';
import { until } from '../support/until.js';

let city: City;
let running: HistoryConsumer<'session.ended'> | undefined;

beforeAll(async () => {
  city = await City.build();
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
});
afterAll(() => city.close());

/** An event that any consumer reads, and its place. */
async function happened(): Promise<Pick<StreamEvent, 'streamId' | 'seq'>> {
  const { log } = city.here;
  const streamId = randomUUID();
  await log.openStream(city.here.source.manager, streamId, 'person');
  const command = commandOf(SYSTEM_ACTOR, 'session.end', { commandId: randomUUID() });
  const { seq } = await log.record(command, async () => ({
    events: [event('session.ended', streamId, { sessionId: null })],
  }));
  return { streamId, seq };
}

const ended = (streamId: string) => event('session.ended', streamId, { sessionId: null });

/** A consumer of its own name that starts at what comes next. */
async function consumes(derive: Derive<'session.ended'>) {
  const { source } = city.here;
  const name = randomUUID();
  const failures: unknown[] = [];
  await source.query(
    `INSERT INTO consumer_cursor (name, xid, stream_id, seq)
     SELECT $1, pg_snapshot_xmin(pg_current_snapshot()), '00000000-0000-0000-0000-000000000000', 0`,
    [name],
  );
  const consumer = new HistoryConsumer(source, name, { types: ['session.ended'] }, derive, (error) =>
    failures.push(error),
  );
  running = consumer;
  const has = async ({ streamId, seq }: Pick<StreamEvent, 'streamId' | 'seq'>) => {
    const [row] = await source.query<{ done: boolean }[]>(
      `SELECT (e.xid, e.stream_id, e.seq) <= (c.xid, c.stream_id, c.seq) AS done
       FROM stream_event e, consumer_cursor c WHERE e.stream_id = $1 AND e.seq = $2 AND c.name = $3`,
      [streamId, seq, name],
    );
    return row?.done ?? false;
  };
  return { consumer, failures, has };
}

describe('numbering an event for a stream', () => {
  it('that is missing is told apart from rights that changed, and leaves the transaction good', async () => {
    const cause = { streamId: randomUUID(), seq: 1 };
    const missing = randomUUID();
    await city.here.source.transaction(async (tx) => {
      expect(await numberDerived(tx, cause, ended(missing), new Date().toISOString())).toBeNull();
      expect(await tx.query('SELECT 1 AS good')).toEqual([{ good: 1 }]);
    });
    const rows = await city.here.source.query('SELECT 1 FROM stream_event WHERE stream_id = $1', [missing]);
    expect(rows).toEqual([]);
  });

  it('that is missing is refused at once, not tried again as after a change of rights', async () => {
    let tries = 0;
    const command = commandOf(city.people.lead, 'session.end', { commandId: randomUUID() });
    const missing = city.here.log.record(command, async () => {
      tries++;
      return { events: [ended(randomUUID())] };
    });
    await expect(missing).rejects.toMatchObject({ code: 'not-found' });
    expect(tries).toBe(1);

    const { streamId } = await happened();
    let stale = 0;
    const again = commandOf(city.people.lead, 'session.end', { commandId: randomUUID() });
    const late = city.here.log.record(again, async () => {
      stale++;
      return { events: [ended(streamId)], authority: [{ streamId, aclVersion: 7 }] };
    });
    await expect(late).rejects.toMatchObject({ code: 'unavailable' });
    expect(stale).toBe(5);
  });
});

describe('a consumer', () => {
  it('goes on past an event whose stream is missing', async () => {
    const read: number[] = [];
    const { consumer, failures, has } = await consumes(async (tx, events) => {
      for (const cause of events) {
        read.push(cause.seq);
        expect(await numberDerived(tx, cause, ended(randomUUID()), cause.at)).toBeNull();
      }
      return undefined;
    });
    await consumer.start();
    const last = [await happened(), await happened()].at(-1)!;
    consumer.nudge();
    await until(() => has(last));
    expect(read).toHaveLength(2);
    expect(failures).toEqual([]);
  });

  it('passes over what it does not want, and does not look at it again', async () => {
    const read: string[] = [];
    const { consumer, failures, has } = await consumes(async (_, events) => {
      read.push(...events.map(({ type }) => type));
      return undefined;
    });
    const { log } = city.here;
    const actor = { ...SYSTEM_ACTOR };
    const streamId = randomUUID();
    await log.note(actor, async () => [event('inbox.cleared', streamId, { taskId: randomUUID() })]);
    await consumer.start();
    await until(() => has({ streamId, seq: 1 }));
    await happened();
    await until(() => read.length > 0);
    expect(read).toEqual(['session.ended']);
    expect(failures).toEqual([]);
  });

  it('announces only what everybody can read already', async () => {
    const seen: unknown[] = [];
    let target = '';
    const { consumer } = await consumes(async (tx, events) => {
      const frames: CommittedFrame[] = [];
      for (const cause of events)
        if (cause.streamId !== target)
          frames.push(...((await numberDerived(tx, cause, ended(target), cause.at)) ?? []));
      // Another connection, as another instance would.
      return () =>
        void city.here.source
          .query('SELECT seq::int FROM stream_event WHERE stream_id = $1 AND seq = $2', [
            target,
            frames[0]?.events[0]?.seq,
          ])
          .then((rows) => frames.length > 0 && seen.push(rows));
    });
    target = (await happened()).streamId;
    await consumer.start();
    await happened();
    await until(() => seen.length > 0);
    expect(seen[0]).toEqual([{ seq: 2 }]);
  });

  it('announces nothing of a batch whose commit fails, and all of it once when it succeeds', async () => {
    let announced = 0;
    let derived = 0;
    const { source } = city.here;
    const { consumer, failures, has } = await consumes(async () => {
      derived++;
      return () => announced++;
    });
    // Deferred: everything in the transaction succeeds, only the commit itself does not.
    await source.query(`
      CREATE FUNCTION too_late() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'too late'; END $$;
      CREATE CONSTRAINT TRIGGER too_late AFTER UPDATE ON consumer_cursor DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION too_late();`);
    const one = await happened();
    await consumer.start();
    await until(() => failures.length > 0);
    expect(String(failures[0])).toContain('too late');
    expect([derived, announced]).toEqual([1, 0]);
    await source.query('DROP TRIGGER too_late ON consumer_cursor');
    await until(() => has(one));
    await until(() => announced > 0);
    expect([derived, announced]).toEqual([2, 1]);
  });
});
