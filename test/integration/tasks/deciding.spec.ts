import { randomUUID } from 'node:crypto';
import {
  addDays,
  type ActorView,
  type AppError,
  type DecisionRequestView,
  type MakeDecision,
  type PostRef,
  type RequestDecision,
  type WorkspaceEvent,
} from '#libs/contracts';
import { readEvents, type Receipt } from '#libs/database';
import { visible } from '../../../src/realtime/catch-up.js';
import { City, today, type Instance, type PersonName } from '../../support/city.js';

const SEKDA: PostRef = { role: 'SEKDA', opdId: null };

describe('a decision', () => {
  let city: City;
  beforeAll(async () => {
    city = await City.build();
  });
  afterAll(() => city.close());

  const codeOf = (wish: Promise<Receipt>) =>
    wish.then(
      () => 'done',
      ({ code }: AppError) => code,
    );
  const head = (): PostRef => ({ role: 'KEPALA_OPD', opdId: city.opds.PUPR });
  const about = (workspaceId: string, decisionId: string) => ({
    workspaceId,
    decisionId,
    commandId: randomUUID(),
  });
  const request = (who: PersonName, taskId: string, more: Partial<RequestDecision> = {}) =>
    city.here.deciding.request(city.people[who], {
      ...about(taskId, randomUUID()),
      title: 'Sewa pompa dua pekan',
      options: ['Sewa', 'Pinjam dari BPBD'],
      recommendation: 'Sewa, karena pinjaman baru ada bulan depan.',
      consequence: 'Genangan berulang saat hujan lebat.',
      decider: SEKDA,
      ...more,
    });
  const ask = async (taskId: string, more: Partial<RequestDecision> = {}, who: PersonName = 'member') => {
    const decisionId = randomUUID();
    await request(who, taskId, { decisionId, ...more });
    return decisionId;
  };
  const decide = (
    who: PersonName | ActorView,
    taskId: string,
    decisionId: string,
    more: Partial<MakeDecision> = {},
    on: Instance = city.here,
  ) =>
    on.deciding.decide(typeof who === 'string' ? city.people[who] : who, {
      ...about(taskId, decisionId),
      outcome: 'APPROVED',
      ...more,
    });
  const undo = (who: PersonName, taskId: string, decisionId: string) =>
    city.here.deciding.undo(city.people[who], about(taskId, decisionId));
  const view = async (
    taskId: string,
    decisionId: string,
    who: PersonName = 'lead',
  ): Promise<DecisionRequestView> => {
    const { state } = await city.here.reader.snapshot(city.people[who].id, taskId);
    const found = state.decisions.find(({ id }) => id === decisionId);
    if (!found) throw new Error('it is not there');
    return found;
  };
  /** As if the database's clock had gone on past the time to undo. */
  const timePasses = (decisionId: string) =>
    city.here.source.query(
      `WITH said AS (UPDATE decision_requests SET effective_at = clock_timestamp() WHERE id = $1)
       UPDATE timers SET run_at = now() WHERE kind = 'decision.effect' AND key = $1::text`,
      [decisionId],
    );
  const history = async (taskId: string, decisionId: string): Promise<string[]> => {
    const events = (await readEvents(
      city.here.source.manager,
      taskId,
      0,
      1_000_000,
      1_000,
    )) as WorkspaceEvent[];
    return events.flatMap(({ type, data }) =>
      'decision' in data && data.decision.id === decisionId ? [type] : [],
    );
  };
  const replayed = async (who: PersonName, taskId: string) => {
    const access = await city.here.access.of(city.people[who].id, taskId);
    const events = await readEvents(city.here.source.manager, taskId, 0, 1_000_000, 1_000);
    return { access, events: visible(events, access) };
  };
  const post = async (opd: 'DLH' | 'SETDA', title: string, mode: 'PLT' | 'PLH', who: PersonName) => {
    const id = randomUUID();
    await city.here.source.query(
      `INSERT INTO position_assignments (id, person_id, opd_id, title, position_kind, mode, valid_from)
       VALUES ($1, $2, $3, $4, 'jpt_pratama', $5, $6)`,
      [id, city.people[who].id, city.opds[opd], title, mode, today()],
    );
    return () => city.here.source.query('DELETE FROM position_assignments WHERE id = $1', [id]);
  };

  describe('is asked for', () => {
    it.each([
      ['a member', 'member', 'done'],
      ['the lead', 'lead', 'done'],
      ['the head of a unit that takes part', 'supportingHead', 'done'],
      ['a leader of the city', 'waliKota', 'forbidden'],
      ['somebody outside', 'outsider', 'not-found'],
    ] as const)('by %s: %s %s', async (_, who, code) => {
      expect(await codeOf(request(who, await city.aTask()))).toBe(code);
    });

    it('of a post of this task that somebody else holds', async () => {
      const taskId = await city.aTask();
      const posts = async (who: PersonName) =>
        (await city.here.posts.choices(city.people[who].id, taskId, city.here.source.manager)).map(
          ({ role, person }) => `${role} ${person.name}`,
        );
      expect(await posts('member')).toEqual([
        'KETUA_TIM lead, S.T.',
        'KEPALA_OPD head, S.T.',
        'KEPALA_OPD supportingHead, S.T.',
        'ASISTEN asisten, S.T.',
        'SEKDA sekda, S.T.',
        'WALI_KOTA waliKota, S.T.',
      ]);
      expect((await posts('lead')).map((name) => name.split(' ')[0])).not.toContain('KETUA_TIM');
      const of = (decider: PostRef) => codeOf(request('lead', taskId, { decider }));
      expect(await of({ role: 'KEPALA_OPD', opdId: city.opds.DINKES })).toBe('validation');
      expect(await of({ role: 'WAKIL_WALI_KOTA', opdId: null })).toBe('validation');
      expect(await of({ role: 'KETUA_TIM', opdId: null })).toBe('decision.own');
    });

    it('not for a day that is over, not twice under one id, and not in a task that is closed', async () => {
      const taskId = await city.aTask();
      expect(await codeOf(request('lead', taskId, { dueDate: addDays(today(), -1) }))).toBe('validation');
      const decisionId = await ask(taskId, { dueDate: today() });
      expect(await codeOf(request('lead', taskId, { decisionId }))).toBe('organization.duplicate');
      expect(await codeOf(request('lead', await city.aTask('CANCELLED')))).toBe('task.read-only');
    });
  });

  describe('is made', () => {
    it('by the holder of the post and nobody else', async () => {
      const taskId = await city.aTask();
      const posts: [PostRef, PersonName][] = [
        [{ role: 'KETUA_TIM', opdId: null }, 'lead'],
        [head(), 'head'],
        [{ role: 'KEPALA_OPD', opdId: city.opds.DLH }, 'supportingHead'],
        [{ role: 'ASISTEN', opdId: city.opds['ASISTEN-2'] }, 'asisten'],
        [SEKDA, 'sekda'],
        [{ role: 'WALI_KOTA', opdId: null }, 'waliKota'],
      ];
      const everybody = [...posts.map(([, who]) => who), 'member', 'otherAsisten'] as const;
      for (const [decider, holder] of posts) {
        const decisionId = await ask(taskId, { decider });
        for (const who of everybody.filter((name) => name !== holder))
          expect([decider.role, who, await codeOf(decide(who, taskId, decisionId))]).toEqual([
            ...[decider.role, who],
            who === 'otherAsisten' ? 'not-found' : 'forbidden',
          ]);
        expect([decider.role, await codeOf(decide(holder, taskId, decisionId))]).toEqual([
          decider.role,
          'done',
        ]);
      }
    });

    it.each([
      ['a note without words', { outcome: 'APPROVED_WITH_NOTE' }],
      ['a no without a reason', { outcome: 'REJECTED' }],
      ['a question without words', { outcome: 'CLARIFICATION_REQUESTED' }],
      ['forwarding to nobody', { outcome: 'FORWARDED', note: 'Menyangkut anggaran' }],
      ['forwarding to the same post', { outcome: 'FORWARDED', note: 'Lagi', forwardTo: SEKDA }],
      ['an option that was not offered', { option: 'Beli' }],
      ['a yes with words, which is another answer', { note: 'Asal hemat' }],
    ] as const)('not with %s', async (_, more) => {
      const taskId = await city.aTask();
      expect(await codeOf(decide('sekda', taskId, await ask(taskId), more))).toBe('validation');
    });

    it('with all that was said, and holds after ten seconds of the database', async () => {
      const taskId = await city.aTask();
      const decisionId = await ask(taskId);
      const { at } = await decide('sekda', taskId, decisionId, {
        ...{ outcome: 'APPROVED_WITH_NOTE', note: 'Paling lama dua pekan', option: 'Sewa' },
      });
      const made = await view(taskId, decisionId);
      expect(made).toMatchObject({
        ...{ status: 'APPROVED_WITH_NOTE', outcome: 'APPROVED_WITH_NOTE', chosenOption: 'Sewa' },
        ...{ note: 'Paling lama dua pekan', effective: false, decidedAs: 'DEFINITIVE', onBehalfOf: null },
        decidedBy: { id: city.people.sekda.id },
      });
      const window = Date.parse(made.effectiveAt ?? '') - Date.parse(at);
      expect(window).toBeGreaterThanOrEqual(10_000);
      expect(window).toBeLessThan(12_000);
      await city.here.fireTimers();
      expect(await history(taskId, decisionId)).toEqual(['decision.requested', 'decision.made']);
      await timePasses(decisionId);
      const there = await city.anotherInstance();
      await Promise.all([city.here.fireTimers(), there.fireTimers(), city.here.fireTimers()]);
      expect((await view(taskId, decisionId)).effective).toBe(true);
      expect(await history(taskId, decisionId)).toEqual([
        'decision.requested',
        'decision.made',
        'decision.effective',
      ]);
    });

    it('also while another one that is due cannot', async () => {
      const [stuck, free] = [await city.aTask(), await city.aTask()];
      const due: string[] = [];
      for (const taskId of [stuck, free]) {
        const decisionId = await ask(taskId);
        await decide('sekda', taskId, decisionId, { outcome: 'APPROVED' });
        await timePasses(decisionId);
        due.push(decisionId);
      }
      const { source } = city.here;
      const effective = async () => {
        const rows = await source.query<{ id: string; effective: boolean }[]>(
          'SELECT id, effective FROM decision_requests WHERE id = ANY($1)',
          [due],
        );
        return due.map((id) => rows.find((row) => row.id === id)?.effective);
      };
      // A history without its head takes nothing in.
      const rename = 'UPDATE stream_head SET id = $2 WHERE id = $1';
      const elsewhere = randomUUID();
      await source.query(rename, [stuck, elsewhere]);
      await city.here.fireTimers();
      expect(await effective()).toEqual([false, true]);
      await source.query(rename, [elsewhere, stuck]);
      const [tried] = await source.query<{ attempts: number }[]>(
        `SELECT attempts FROM timers WHERE key = $1`,
        [due[0]],
      );
      expect(tried).toEqual({ attempts: 1 });
      await timePasses(due[0] ?? '');
      await city.here.fireTimers();
      expect(await effective()).toEqual([true, true]);
    });

    it('once, when two decide at the same moment on two connections', async () => {
      const there = await city.anotherInstance();
      const takeAway = await post('SETDA', 'Sekretaris Daerah', 'PLT', 'otherAsisten');
      try {
        for (let round = 0; round < 5; round++) {
          const taskId = await city.aTask();
          const decisionId = await ask(taskId);
          const codes = await Promise.all([
            codeOf(decide('sekda', taskId, decisionId)),
            codeOf(
              decide('otherAsisten', taskId, decisionId, { outcome: 'REJECTED', note: 'Tidak perlu' }, there),
            ),
          ]);
          expect(codes.toSorted()).toEqual(['decision.not-pending', 'done']);
          const { status } = await view(taskId, decisionId);
          expect(status).toBe(codes[0] === 'done' ? 'APPROVED' : 'REJECTED');
          expect(await history(taskId, decisionId)).toEqual(['decision.requested', 'decision.made']);
        }
      } finally {
        await takeAway();
      }
    });

    it('not a second time, and the refusal says by whom it was made', async () => {
      const taskId = await city.aTask();
      const decisionId = await ask(taskId);
      const said = { ...about(taskId, decisionId), outcome: 'APPROVED' as const };
      const first = await city.here.deciding.decide(city.people.sekda, said);
      expect(await city.here.deciding.decide(city.people.sekda, said)).toEqual({ ...first, dup: true });
      await expect(decide('sekda', taskId, decisionId)).rejects.toMatchObject({
        ...{ code: 'decision.not-pending', details: { status: 'APPROVED', by: 'sekda, S.T.' } },
      });
    });

    it('not on what one asked oneself, also when one stands in for the post', async () => {
      const taskId = await city.aTask();
      const decisionId = await ask(taskId, {}, 'supportingHead');
      const takeAway = await post('SETDA', 'Sekretaris Daerah', 'PLH', 'supportingHead');
      try {
        expect(await codeOf(decide('supportingHead', taskId, decisionId))).toBe('decision.own');
      } finally {
        await takeAway();
      }
    });
  });

  describe('in the name of a post', () => {
    it('is made by who stands in that day, and both names are kept; the definitive one waits', async () => {
      const taskId = await city.aTask();
      const decisionId = await ask(taskId, { decider: { role: 'KEPALA_OPD', opdId: city.opds.DLH } });
      const takeAway = await post('DLH', 'Kepala Dinas Lingkungan Hidup', 'PLH', 'colleague');
      try {
        expect(await codeOf(decide('supportingHead', taskId, decisionId))).not.toBe('done');
        await decide('colleague', taskId, decisionId);
        expect(await view(taskId, decisionId)).toMatchObject({
          decidedBy: { id: city.people.colleague.id },
          decidedAs: 'PLH',
          onBehalfOf: { id: city.people.supportingHead.id },
        });
      } finally {
        await takeAway();
      }
    });

    it('is made by who fills a vacancy, with whom the asker had asked', async () => {
      const taskId = await city.aTask();
      const decisionId = await ask(taskId, { decider: { role: 'KEPALA_OPD', opdId: city.opds.DLH } });
      const ended = await city.here.source.query<[unknown, number]>(
        `UPDATE position_assignments SET valid_to = $2 WHERE person_id = $1 AND mode = 'DEFINITIVE'`,
        [city.people.supportingHead.id, addDays(today(), -1)],
      );
      const takeAway = await post('DLH', 'Kepala Dinas Lingkungan Hidup', 'PLT', 'colleague');
      try {
        expect(ended[1]).toBe(1);
        await decide('colleague', taskId, decisionId, { outcome: 'REJECTED', note: 'Cukup meminjam' });
        expect(await view(taskId, decisionId)).toMatchObject({
          ...{ status: 'REJECTED', note: 'Cukup meminjam', decidedAs: 'PLT' },
          onBehalfOf: { id: city.people.supportingHead.id },
        });
      } finally {
        await takeAway();
        await city.here.source.query('UPDATE position_assignments SET valid_to = NULL WHERE person_id = $1', [
          city.people.supportingHead.id,
        ]);
      }
    });
  });

  describe('is undone', () => {
    it('by who made it, before it holds, and can be made again', async () => {
      const taskId = await city.aTask();
      const decisionId = await ask(taskId);
      await decide('sekda', taskId, decisionId);
      expect(await codeOf(undo('lead', taskId, decisionId))).toBe('forbidden');
      await undo('sekda', taskId, decisionId);
      expect(await view(taskId, decisionId)).toMatchObject({
        ...{ status: 'PENDING', outcome: null, decidedBy: null, effectiveAt: null },
      });
      expect(await codeOf(undo('sekda', taskId, decisionId))).toBe('decision.undo-over');
      await city.here.fireTimers();
      await decide('sekda', taskId, decisionId, { outcome: 'REJECTED', note: 'Dana habis' });
      await timePasses(decisionId);
      expect(await codeOf(undo('sekda', taskId, decisionId))).toBe('decision.undo-over');
      await city.here.fireTimers();
      expect(await codeOf(undo('sekda', taskId, decisionId))).toBe('decision.undo-over');
      expect(await history(taskId, decisionId)).toEqual([
        ...['decision.requested', 'decision.made', 'decision.undone'],
        ...['decision.made', 'decision.effective'],
      ]);
    });

    it('also when it was handed on: it waits for the first one again', async () => {
      const taskId = await city.aTask();
      const decisionId = await ask(taskId, { decider: head() });
      const forward = { outcome: 'FORWARDED' as const, note: 'Menyangkut anggaran', forwardTo: SEKDA };
      await decide('head', taskId, decisionId, forward);
      expect(await view(taskId, decisionId)).toMatchObject({
        ...{ status: 'FORWARDED', forwards: 1, post: { role: 'SEKDA', opd: null } },
        decider: { id: city.people.sekda.id },
      });
      await undo('head', taskId, decisionId);
      expect(await view(taskId, decisionId)).toMatchObject({
        ...{ status: 'PENDING', forwards: 0, post: { role: 'KEPALA_OPD' } },
        decider: { id: city.people.head.id },
      });
      await decide('head', taskId, decisionId, forward);
      expect(await codeOf(decide('head', taskId, decisionId))).toBe('forbidden');
      await decide('sekda', taskId, decisionId);
      expect(await codeOf(undo('head', taskId, decisionId))).toBe('forbidden');
      expect(await view(taskId, decisionId)).toMatchObject({ status: 'APPROVED', forwards: 1 });
    });
  });

  it('waits for the asker while there is a question, and for the decider after the answer', async () => {
    const taskId = await city.aTask();
    const decisionId = await ask(taskId);
    await decide('sekda', taskId, decisionId, { outcome: 'CLARIFICATION_REQUESTED', note: 'Berapa unit?' });
    expect(await codeOf(decide('sekda', taskId, decisionId))).toBe('decision.not-pending');
    const clarify = (who: PersonName) =>
      codeOf(
        city.here.deciding.clarify(city.people[who], { ...about(taskId, decisionId), answer: 'Dua unit.' }),
      );
    expect(await clarify('supportingHead')).toBe('forbidden');
    expect(await clarify('lead')).toBe('done');
    expect(await clarify('member')).toBe('decision.not-pending');
    expect(await view(taskId, decisionId)).toMatchObject({
      status: 'PENDING',
      clarification: { question: 'Berapa unit?', answer: 'Dua unit.', answeredBy: { name: 'lead, S.T.' } },
    });
    expect(await codeOf(decide('sekda', taskId, decisionId))).toBe('done');
  });

  it('is withdrawn by who asked, and then nobody decides it', async () => {
    const taskId = await city.aTask();
    const decisionId = await ask(taskId);
    const withdraw = (who: PersonName) =>
      codeOf(city.here.deciding.withdraw(city.people[who], about(taskId, decisionId)));
    expect(await withdraw('supportingHead')).toBe('forbidden');
    expect(await withdraw('sekda')).toBe('forbidden');
    expect(await withdraw('member')).toBe('done');
    expect(await withdraw('member')).toBe('decision.not-pending');
    expect(await codeOf(decide('sekda', taskId, decisionId))).toBe('decision.not-pending');
    const decided = await ask(taskId);
    await decide('sekda', taskId, decided);
    expect(await codeOf(city.here.deciding.withdraw(city.people.member, about(taskId, decided)))).toBe(
      'decision.not-pending',
    );
  });

  it('keeps its words from an observer of personal data, and shows that it is there', async () => {
    const grant = { personId: city.people.outsider.id, role: 'PEMANTAU', opdId: null } as const;
    await city.here.changes.grantRole({ ...grant, validFrom: '2020-01-01' });
    const secret = await city.aTask('IN_PROGRESS', { confidentiality: 'PERSONAL_DATA' });
    const open = await city.aTask();
    const words = { question: 'Keluarga di RT 05', recommendation: 'Bantu', basis: 'Data Dinsos' };
    for (const [taskId, who, reads] of [
      [secret, 'outsider', false],
      [secret, 'sekda', true],
      [secret, 'member', true],
      [open, 'outsider', true],
    ] as const) {
      const decisionId = await ask(taskId, words);
      await decide('sekda', taskId, decisionId, { outcome: 'REJECTED', note: 'Lewat Dinsos' });
      const seen = await view(taskId, decisionId, who);
      expect(seen).toMatchObject({ status: 'REJECTED', decider: { id: city.people.sekda.id } });
      const texts = [seen.question, seen.recommendation, seen.basis, seen.note, seen.options[0]];
      expect(texts.filter(Boolean)).toHaveLength(reads ? 5 : 0);
      const { access, events } = await replayed(who, taskId);
      expect(access.readDecisions).toBe(reads);
      expect(JSON.stringify(events).includes('RT 05')).toBe(reads);
    }
  });

  it('is never altered, only replaced by one that was approved', async () => {
    const taskId = await city.aTask();
    const old = await ask(taskId);
    expect(await codeOf(request('lead', taskId, { supersedes: old }))).toBe('decision.not-in-force');
    await decide('sekda', taskId, old, { option: 'Sewa' });
    await timePasses(old);
    await city.here.fireTimers();
    const settle = async (outcome: 'APPROVED' | 'REJECTED') => {
      const next = await ask(taskId, { supersedes: old });
      await decide('sekda', taskId, next, { outcome, ...(outcome === 'REJECTED' && { note: 'Tetap' }) });
      await timePasses(next);
      await city.here.fireTimers();
      return next;
    };
    await settle('REJECTED');
    expect((await view(taskId, old)).status).toBe('APPROVED');
    const next = await settle('APPROVED');
    expect(await view(taskId, old)).toMatchObject({
      ...{ status: 'SUPERSEDED', outcome: 'APPROVED', chosenOption: 'Sewa', supersededBy: next },
    });
    expect(await codeOf(request('lead', taskId, { supersedes: old }))).toBe('decision.not-in-force');
  });
});
