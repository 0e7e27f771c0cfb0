import { randomUUID } from 'node:crypto';
import {
  addDays,
  dayOf,
  WORKSPACE_EVENT_TYPES,
  type InboxPage,
  type ThreadPage,
  type WorkspaceEvent,
} from '#libs/contracts';
import { AuthService } from '../../../src/auth/auth.service.js';
import { PROTOCOL } from '../../../src/live-docs/protocol.js';
import { RealtimeModule } from '../../../src/realtime/realtime.module.js';
import { PublicService } from '../../../src/public/public.service.js';
import { ProtocolValidator } from '../../protocol/validator.js';
import { City, today } from '../../support/city.js';
import { LiveApp, type Peer } from '../../support/live-app.js';

let city: City;
let app: LiveApp;
let validator: ProtocolValidator;
let lead: Peer;
let taskId: string;
let threadId: string;

beforeAll(async () => {
  city = await City.build();
  app = await LiveApp.start(city.url);
  validator = new ProtocolValidator(PROTOCOL);
  taskId = await city.aTask('IN_PROGRESS', { published: true });
  threadId = await city.aThread(taskId);
  lead = await app.peer(city.people.lead.id);
}, 60_000);

afterAll(async () => {
  await app?.close();
  await city?.close();
});

const problemsOf = (peer: Peer) =>
  peer.received
    .map(({ name, data }) => validator.problems(`server.${name}`, data))
    .filter((words) => words !== '');

/** Asks, and holds question and answer to the document. */
async function ask<T extends object>(peer: Peer, name: string, data: object): Promise<T> {
  expect(validator.problems(name, data)).toBe('');
  const answer = await peer.ask<T>(name, data);
  expect(validator.problems(`${name}.answer`, answer)).toBe('');
  return answer;
}

const wish = (more: object) => ({ workspaceId: taskId, commandId: randomUUID(), ...more });

it('page and document are served to anybody, the page under a policy that allows no script', async () => {
  const page = await fetch(`${app.url}/api/docs/live`);
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(page.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; style-src 'sha256-[^']+'; img-src/,
  );
  expect(await page.text()).toContain('workspace.join');
  const document = await fetch(`${app.url}/api/docs/live.json`);
  expect([document.status, document.headers.get('content-type')]).toEqual([
    200,
    'application/json; charset=utf-8',
  ]);
  expect(await document.json()).toEqual(PROTOCOL);
});

describe('what goes over a real socket fits the document', () => {
  it('in every command, the first time, repeated, and refused', async () => {
    const milestoneId = await city.aMilestone(taskId);
    expect(await ask(lead, 'workspace.join', { workspaceId: taskId })).toMatchObject({ kind: 'reset' });
    const post = wish({ threadId, body: 'Pompa sudah di lokasi.' });
    expect(await ask(lead, 'message.post', post)).toMatchObject({ ok: true, dup: false });
    expect(await ask(lead, 'message.post', post)).toMatchObject({ ok: true, dup: true });
    expect(await ask(lead, 'message.post', { ...post, body: 'lain' })).toMatchObject({
      ok: false,
      retry: false,
    });
    const early = wish({ threadId, body: 'b', after: randomUUID() });
    expect(await ask(lead, 'message.post', early)).toMatchObject({ ok: false, retry: true });
    const { messages } = await ask<ThreadPage>(lead, 'thread.page', { workspaceId: taskId, threadId });
    const messageId = messages[0]?.id ?? '';
    const opened = randomUUID();
    const added = randomUUID();
    const asked = randomUUID();
    const given = randomUUID();
    const commands: [string, object][] = [
      [
        'thread.open',
        { threadId: opened, title: 'Alat berat', about: { kind: 'MILESTONE', id: milestoneId } },
      ],
      ['message.post', { threadId, body: '@tim segera', mentions: [{ kind: 'TEAM', id: taskId }] }],
      ['message.edit', { messageId, baseEdits: 0, body: 'Pompa tiba besok.' }],
      ['message.react', { messageId, code: 'AGREE', on: true }],
      ['message.pin', { messageId, on: true }],
      ['thread.resolve', { threadId: opened, conclusion: 'Alat datang Senin.' }],
      ['thread.reopen', { threadId: opened }],
      [
        'milestone.add',
        { milestoneId: added, title: 'Uji pompa', opdId: city.opds.PUPR, after: milestoneId },
      ],
      [
        'milestone.plan',
        { milestoneId: added, title: 'Uji coba', opdId: city.opds.DLH, dueDate: '2026-12-01' },
      ],
      ['milestone.move', { milestoneId: added, place: 1 }],
      ['milestone.change', { milestoneId, status: 'DONE', note: 'Lengkap' }],
      [
        'decision.request',
        {
          ...{
            decisionId: asked,
            title: 'Sewa pompa',
            question: 'Bolehkah disewa?',
            options: ['Ya', 'Tidak'],
          },
          ...{ recommendation: 'Sewa', consequence: 'Genangan', basis: 'Notulen', dueDate: today() },
          decider: { role: 'SEKDA', opdId: null },
        },
      ],
      ['summary.write', { base: 0, body: 'Dua pompa **terpasang**.' }],
      ['decision.withdraw', { decisionId: asked }],
      [
        'handover.open',
        {
          ...{ handoverId: given, title: 'Angkut sedimen', what: 'Dari 12 saluran', dueDate: today() },
          ...{ fromOpdId: city.opds.PUPR, toOpdId: city.opds.DLH },
        },
      ],
      ['public-update.draft', { body: 'Pompa disiagakan.' }],
      ['task.change-status', { to: 'ON_HOLD', note: 'Menunggu alat', publicSentence: 'Ditunda sementara.' }],
    ];
    for (const [name, fields] of commands) {
      expect([name, await ask(lead, name, wish(fields))]).toMatchObject([name, { ok: true }]);
    }
    const dinkes = { opdId: city.opds.DINKES };
    expect(await ask(lead, 'opd.ask', wish({ ...dinkes, role: 'Data' }))).toMatchObject({ ok: true });
    const refused: [string, object][] = [
      ['opd.answer', { ...dinkes, answer: 'DECLINED', reason: 'Tidak ada petugas' }],
      [
        'member.appoint',
        {
          ...dinkes,
          personId: city.people.outsider.id,
          teamRole: 'ANGGOTA',
          mode: 'APPOINTED',
          until: today(),
        },
      ],
      ['member.remove', { personId: city.people.member.id, reason: 'Mutasi' }],
      ['decision.decide', { decisionId: asked, outcome: 'REJECTED', note: 'Tidak ada dana', option: 'Ya' }],
      ['decision.extend', { decisionId: asked, dueDate: addDays(today(), 30), reason: 'Rapat' }],
    ];
    for (const [name, fields] of refused)
      expect([name, await ask(lead, name, wish(fields))]).toMatchObject([
        name,
        { error: { code: 'forbidden' } },
      ]);
    const late: [string, object, string][] = [
      ['decision.clarify', { decisionId: asked, answer: 'Dua pekan' }, 'decision.not-pending'],
      ['decision.undo', { decisionId: asked }, 'decision.undo-over'],
      ['handover.move', { handoverId: given, step: 'RETURNED', note: 'Belum lengkap' }, 'handover.moved-on'],
    ];
    for (const [name, fields, code] of late)
      expect([name, await ask(lead, name, wish(fields))]).toMatchObject([name, { error: { code } }]);
    const draft = {
      ...{ workspaceId: randomUUID(), commandId: randomUUID(), title: 'Pompa siaga' },
      ...{
        coordinatingOpdId: city.opds.PUPR,
        supportingOpdIds: [city.opds.DLH],
        dueDate: addDays(today(), 9),
      },
    };
    expect(await ask(lead, 'task.create', draft)).toMatchObject({ ok: true, dup: false });
    const pins = { workspaceId: taskId, threadId };
    expect(await ask(lead, 'thread.pins', pins)).toMatchObject({ messages: [{ id: messageId }] });
    expect(await ask(lead, 'message.edits', { workspaceId: taskId, messageId })).toMatchObject({
      texts: [{ body: 'Pompa sudah di lokasi.' }],
    });
  });

  it('also where it says how long a text may be', async () => {
    const { schemas, messages } = PROTOCOL.components;
    const bounded = Object.entries(messages).flatMap(([name, { payload }]) =>
      Object.entries(schemas[payload.$ref?.split('/').at(-1) ?? '']?.properties ?? {}).flatMap(
        ([field, rule]) => (rule.maxLength === undefined ? [] : [{ name, field, limit: rule.maxLength }]),
      ),
    );
    expect(bounded.map(({ name, field }) => `${name} ${field}`).toSorted()).toEqual([
      'decision.clarify answer',
      'decision.decide note',
      'decision.decide option',
      'decision.extend reason',
      'decision.request basis',
      'decision.request consequence',
      'decision.request question',
      'decision.request recommendation',
      'decision.request title',
      'handover.move note',
      'handover.open title',
      'handover.open what',
      'member.remove reason',
      'message.delete reason',
      'message.edit body',
      'message.post body',
      'milestone.add title',
      'milestone.change note',
      'milestone.plan title',
      'opd.answer reason',
      'opd.ask role',
      'public-update.draft body',
      'summary.write body',
      'task.change-status note',
      'task.change-status publicSentence',
      'task.create description',
      'task.create title',
      'thread.open title',
      'thread.resolve conclusion',
    ]);
    const wrongLengths = async (name: string, field: string, length: number) => {
      const answer = await lead.ask<{ error?: { details: { fields?: { field: string }[] } } }>(
        name,
        wish({ [field]: 'a'.repeat(length) }),
      );
      return (answer.error?.details.fields ?? []).filter((problem) => problem.field === field);
    };
    for (const { name, field, limit } of bounded) {
      expect(await wrongLengths(name, field, limit)).toEqual([]);
      expect(await wrongLengths(name, field, limit + 1)).toEqual([{ field, rule: 'too-long', limit }]);
    }
  });

  it('in every question, granted and refused', async () => {
    const questions: [string, object][] = [
      ['workspace.history', { workspaceId: taskId, limit: 2 }],
      ['thread.page', { workspaceId: taskId, threadId, limit: 1 }],
      ['thread.page', { workspaceId: taskId, threadId, around: 1 }],
      ['thread.page', { workspaceId: taskId, threadId, after: 0 }],
      ['board.join', { scope: `person:${city.people.lead.id}` }],
      ['board.leave', { scope: `person:${city.people.lead.id}` }],
    ];
    for (const [name, data] of questions) expect(await ask(lead, name, data)).toMatchObject({ ok: true });
    const { id: decider } = city.people.lead;
    await city.here.decisions.requestDecision(city.people.head, {
      ...{ commandId: randomUUID(), taskId, decisionId: randomUUID(), deciderId: decider },
      ...{ title: 'Rute truk', question: 'Lewat mana?', options: [], dueDate: '2026-12-01' },
    });
    await lead.got('person.events', ({ events }) =>
      events.some(
        (each) =>
          each.type === 'inbox.changed' && each.data.rows.some(({ reason }) => reason === 'DECISION_WAITING'),
      ),
    );
    const { rows } = await ask<InboxPage>(lead, 'inbox.read', { state: 'OPEN', limit: 5 });
    const row = rows.find(({ reason }) => reason === 'DECISION_WAITING');
    expect(row).toMatchObject({ group: 'ACTION', count: 1, taskId });
    const { taskId: about = '', topic, at } = row ?? {};
    const personal: [string, object][] = [
      ['inbox.read', { state: 'OPEN', before: { at, taskId: about, topic } }],
      [
        'inbox.set',
        { taskId: about, topic, state: 'LATER', until: new Date(Date.now() + 60_000).toISOString() },
      ],
      ['inbox.clear-info', { upTo: at }],
      ['follow.read', { workspaceId: taskId }],
      ['follow.set', { workspaceId: taskId, level: 'ALL' }],
      ['catch-up.read', { workspaceId: taskId }],
      ['catch-up.overview', { limit: 5 }],
      ['catch-up.seen', { workspaceId: taskId, upTo: 3, seqs: [5, 6] }],
      ['marks.read', { workspaceId: taskId }],
      ['thread.mark-unread', { workspaceId: taskId, threadId, from: 1 }],
      ['thread.read', { workspaceId: taskId, threadId, upTo: 1, version: 1 }],
    ];
    for (const [name, data] of personal)
      expect([name, await ask(lead, name, data)]).toMatchObject([name, { ok: true }]);
    expect(
      await ask(lead, 'inbox.set', { taskId: about, topic: `thread:${randomUUID()}`, state: 'DONE' }),
    ).toMatchObject({
      ok: false,
    });
    const nowhere = { workspaceId: randomUUID() };
    const there = { ...nowhere, threadId };
    for (const [name, data] of [
      ['catch-up.read', nowhere],
      ['catch-up.seen', { ...nowhere, upTo: 1 }],
      ['marks.read', nowhere],
      ['thread.read', { ...there, upTo: 1, version: 0 }],
      ['thread.mark-unread', { ...there, from: 1 }],
      ['follow.read', nowhere],
      ['follow.set', { ...nowhere, level: 'ALL' }],
      ['inbox.read', { state: 'GONE' }],
      ['inbox.clear-info', { more: 1 }],
    ] as const)
      expect([name, await lead.ask(name, data)]).toMatchObject([name, { ok: false }]);
    expect(await ask(lead, 'workspace.join', nowhere)).toMatchObject({ ok: false });
    expect(await ask(lead, 'workspace.history', nowhere)).toMatchObject({ ok: false });
    expect(await ask(lead, 'thread.page', { ...nowhere, threadId })).toMatchObject({ ok: false });
    expect(await ask(lead, 'thread.pins', { ...nowhere, threadId })).toMatchObject({ ok: false });
    expect(await ask(lead, 'message.edits', { ...nowhere, messageId: threadId })).toMatchObject({
      ok: false,
    });
    expect(await ask(lead, 'board.join', { scope: 'city' })).toMatchObject({ ok: false });
  });

  it('in every event type there is, and what overseers get in place of words', async () => {
    const { here, people } = city;
    const secret = await city.aTask('IN_PROGRESS', { confidentiality: 'PERSONAL_DATA' });
    await city.post('lead', secret, await city.aThread(secret), 'Nama warga');
    const [said] = await city.messages(taskId, threadId);
    const gone = wish({ messageId: said?.id ?? '', reason: 'Keliru' });
    expect(await ask(lead, 'message.delete', gone)).toMatchObject({ ok: true });
    const decisionId = randomUUID();
    const about = () => ({ commandId: randomUUID(), taskId });
    await here.decisions.requestDecision(people.lead, {
      ...about(),
      decisionId,
      title: 'Pergeseran anggaran',
      question: 'Bolehkah digeser?',
      options: ['Ya', 'Tidak'],
      deciderId: people.sekda.id,
      dueDate: '2026-12-01',
    });
    const verdict = { status: 'APPROVED' as const, decision: 'Disetujui', basis: 'Rapat anggaran' };
    await here.decisions.decide(people.sekda, { ...about(), decisionId, ...verdict });
    const { deciding } = here;
    const theirs = { workspaceId: taskId, decisionId: randomUUID() };
    const anew = () => ({ ...theirs, commandId: randomUUID() });
    const sekdaDecides = { role: 'SEKDA' as const, opdId: null };
    await deciding.request(people.lead, { ...anew(), title: 'Sewa', options: [], decider: sekdaDecides });
    await deciding.decide(people.sekda, { ...anew(), outcome: 'APPROVED' });
    await deciding.undo(people.sekda, anew());
    const question = { outcome: 'CLARIFICATION_REQUESTED' as const, note: 'Berapa?' };
    await deciding.decide(people.sekda, { ...anew(), ...question });
    await deciding.clarify(people.lead, { ...anew(), answer: 'Dua unit' });
    const longer = { dueDate: addDays(dayOf(new Date()), 30), reason: 'Rapat' };
    await deciding.extend(people.sekda, { ...anew(), ...longer });
    const { state } = await here.reader.snapshot(people.lead.id, taskId);
    await here.fireTimers(state.decisions.find(({ id }) => id === theirs.decisionId)?.clock?.remindAt);
    await deciding.decide(people.sekda, { ...anew(), ...question });
    await here.source.query(`UPDATE timers SET run_at = now() WHERE kind = 'decision.effect' AND key = $1`, [
      theirs.decisionId,
    ]);
    await here.fireTimers();
    await deciding.withdraw(people.lead, anew());
    await here.source.query(
      `INSERT INTO role_grants (id, person_id, role, valid_from) VALUES ($1, $2, 'PPID', '2020-01-01')`,
      [randomUUID(), people.outsider.id],
    );
    const review = app.get(PublicService);
    const { items } = await review.queue(people.outsider, 'PENDING', undefined);
    const updateId = items.find(({ update }) => update.taskId === taskId)?.update.id ?? '';
    await review.review(people.outsider, { commandId: randomUUID(), updateId, verdict: 'APPROVED' });
    await here.files.remove(people.lead, taskId, await city.aFile('member', taskId));
    const member = await app.peer(people.member.id);
    await ask(member, 'workspace.join', { workspaceId: taskId });
    const leaving = { ...about(), personId: people.member.id, reason: 'Mutasi' };
    await here.team.removeMember(people.head, leaving);
    await member.got('workspace.closed');
    expect(problemsOf(member)).toEqual([]);

    const sekda = await app.peer(people.sekda.id);
    const seen = new Set<string>();
    for (const [peer, workspaceId] of [
      [lead, taskId],
      [sekda, secret],
    ] as const) {
      const fresh = await ask<{ epoch: string }>(peer, 'workspace.join', { workspaceId });
      const since = { epoch: fresh.epoch, seq: 0 };
      const { events } = await ask<{ events: WorkspaceEvent[] }>(peer, 'workspace.join', {
        workspaceId,
        since,
      });
      for (const { type } of events) seen.add(type);
    }
    expect([...seen].toSorted()).toEqual([...WORKSPACE_EVENT_TYPES].toSorted());
  });

  it('in all that the server says unasked', async () => {
    const member = await app.peer(city.people.sekda.id);
    expect(await ask(member, 'board.join', { scope: 'city' })).toMatchObject({ ok: true, full: true });
    await ask(member, 'workspace.join', { workspaceId: taskId });
    const typing = { workspaceId: taskId, threadId };
    expect(validator.problems('typing', typing)).toBe('');
    await member.got('board.head');
    await ask(lead, 'workspace.leave', { workspaceId: taskId });
    await ask(lead, 'workspace.join', { workspaceId: taskId });
    lead.socket.emit('typing', typing);
    await member.got('typing');
    await member.got('presence.changed');
    await member.got('workspace.head');
    await ask(lead, 'task.change-status', wish({ to: 'IN_PROGRESS', note: 'Alat tiba' }));
    await member.got('workspace.rights');
    await member.got('workspace.events');
    await member.got('board.changed');

    const monitor = await app.peer(city.people.otherAsisten.id);
    const grant = { personId: city.people.otherAsisten.id, role: 'PEMANTAU', opdId: null } as const;
    await city.here.changes.grantRole({ ...grant, validFrom: '2020-01-01' });
    expect(await ask(monitor, 'board.join', { scope: 'monitor' })).toMatchObject({ ok: true });
    const yesterday = addDays(dayOf(new Date()), -1);
    await city.here.changes.revokeRole(grant.personId, grant.role, grant.opdId, yesterday);
    await monitor.got('board.closed');

    const leaving = await app.peer(city.people.author.id);
    await app.get(AuthService).endAll(city.people.author);
    await leaving.got('signed-out');
    await app.get(RealtimeModule).beforeApplicationShutdown();
    await member.got('go_away');
    for (const peer of [lead, member, monitor, leaving]) expect(problemsOf(peer)).toEqual([]);
  });

  it('and nothing of the document was left out', () => {
    const names = Object.keys(PROTOCOL.components.messages);
    expect(names.filter((name) => !validator.checked.has(name))).toEqual([]);
  });
});
