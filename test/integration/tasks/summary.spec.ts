import { randomUUID } from 'node:crypto';
import { AppError, type ActorView } from '#libs/contracts';
import { visible } from '../../../src/realtime/catch-up.js';
import { City, type PersonName } from '../../support/city.js';

describe('the summary of a task', () => {
  let city: City;
  beforeAll(async () => {
    city = await City.build();
  });
  afterAll(() => city.close());

  const write = (by: PersonName, workspaceId: string, base: number, body: string, commandId = randomUUID()) =>
    city.here.summaries.write(city.people[by], { workspaceId, commandId, base, body });
  const shownTo = async ({ id }: ActorView, taskId: string) =>
    (await city.here.reader.snapshot(id, taskId)).state.summary;
  const refusal = (promise: Promise<unknown>) =>
    promise.then(
      () => null,
      (error: unknown) => (error instanceof AppError ? error.toWire() : error),
    );

  it('is written by the lead and by the head of the coordinating unit, and read by everybody here', async () => {
    const taskId = await city.aTask();
    expect(await shownTo(city.people.member, taskId)).toBeNull();
    await write('lead', taskId, 0, 'Survei selesai.');
    await write('head', taskId, 1, 'Dua pompa **terpasang**.');
    expect(await shownTo(city.people.member, taskId)).toMatchObject({
      version: 2,
      body: 'Dua pompa **terpasang**.',
      by: { id: city.people.head.id },
    });
    for (const name of ['member', 'supportingHead', 'sekda'] as const)
      expect(await refusal(write(name, taskId, 2, 'Bukan hak saya.'))).toMatchObject({ code: 'forbidden' });
    expect(await refusal(write('outsider', taskId, 2, 'Bukan hak saya.'))).toMatchObject({
      code: 'not-found',
    });
  });

  it('is never written over unread: of two at the same moment one is told what the other wrote', async () => {
    const taskId = await city.aTask();
    await write('lead', taskId, 0, 'Awal.');
    const there = await city.anotherInstance();
    const commandId = randomUUID();
    const both = await Promise.all([
      refusal(write('lead', taskId, 1, 'Versi ketua tim.', commandId)),
      refusal(
        there.summaries.write(city.people.head, {
          ...{ workspaceId: taskId, commandId: randomUUID(), base: 1, body: 'Versi kepala dinas.' },
        }),
      ),
    ]);
    const now = await shownTo(city.people.lead, taskId);
    expect(now?.version).toBe(2);
    const refused = both.filter((answer) => answer !== null);
    expect(refused).toEqual([
      { code: 'summary.conflict', details: { version: 2, body: now?.body, by: now?.by.name } },
    ]);
    // Chosen after both were read.
    await write('lead', taskId, 2, 'Versi ketua tim.');
    expect(await shownTo(city.people.head, taskId)).toMatchObject({ version: 3, body: 'Versi ketua tim.' });
  });

  it('gives the same command the same answer, also when another version came after it', async () => {
    const taskId = await city.aTask();
    const commandId = randomUUID();
    const first = await write('lead', taskId, 0, 'Sekali saja.', commandId);
    await write('head', taskId, 1, 'Kemudian.');
    expect(await write('lead', taskId, 0, 'Sekali saja.', commandId)).toMatchObject({
      seq: first.seq,
      dup: true,
    });
    expect(await shownTo(city.people.lead, taskId)).toMatchObject({ version: 2, body: 'Kemudian.' });
  });

  it('keeps the earlier versions in the history', async () => {
    const taskId = await city.aTask();
    await write('lead', taskId, 0, 'Versi satu.');
    await write('lead', taskId, 1, 'Versi dua.');
    const rows = await city.here.source.query<{ body: string }[]>(
      `SELECT data->'summary'->>'body' AS body FROM stream_event
       WHERE stream_id = $1 AND type = 'summary.written' ORDER BY seq`,
      [taskId],
    );
    expect(rows.map(({ body }) => body)).toEqual(['Versi satu.', 'Versi dua.']);
  });

  it('can only be read when the task is over', async () => {
    const taskId = await city.aTask('COMPLETED');
    expect(await refusal(write('lead', taskId, 0, 'Terlambat.'))).toMatchObject({ code: 'task.read-only' });
  });

  it('shows those who may not read the words of this task that there is one, and no word of it', async () => {
    const taskId = await city.aTask('IN_PROGRESS', { confidentiality: 'PERSONAL_DATA' });
    await write('lead', taskId, 0, 'Keluarga di Simpang Rimbo.');
    const { here } = city;
    const frozen = await here.reader.state(here.source.manager, taskId, {
      readMessages: false,
      readDecisions: false,
    });
    expect(frozen.summary).toMatchObject({ version: 1, body: '' });
    const summary = await shownTo(city.people.lead, taskId);
    if (!summary) throw new Error('there is none');
    const event = {
      ...{ streamId: taskId, seq: 1, type: 'summary.written' as const, at: summary.at },
      ...{ actor: city.people.lead, commandId: randomUUID(), data: { summary } },
    };
    const [silent] = visible([event], { readMessages: false, readDecisions: false });
    expect(JSON.stringify(silent)).not.toContain('Simpang Rimbo');
    const [spoken] = visible([event], { readMessages: false, readDecisions: true });
    expect(spoken).toMatchObject({ data: { summary: { body: 'Keluarga di Simpang Rimbo.' } } });
  });
});
