import {
  WORKSPACE_EVENT_TYPES,
  type FollowLevel,
  type WorkspaceEvent,
  type WorkspaceEventType,
} from '#libs/contracts';
import { NOTICE_RULES, noticesOf, settledBy, type NoticeFacts } from './notice-rules.js';

const FACTS: NoticeFacts = {
  members: new Map([
    ['irwan', { opdId: 'pupr', lead: true }],
    ['sari', { opdId: 'pupr', lead: false }],
    ['yudi', { opdId: 'bpbd', lead: false }],
  ]),
  heads: new Map([
    ['pupr', ['kadis-pupr']],
    ['bpbd', ['plh-bpbd']],
  ]),
  coordinatingOpdId: 'pupr',
  sekda: ['sekda'],
  writers: (threadId) => (threadId === 'utas' ? ['yudi', 'irwan', 'mantan'] : []),
  authorOf: (id) => ({ m1: 'sari', m2: 'mantan' })[id],
};

const person = (id: string) => ({ id, name: id, opd: '' });

function event(type: WorkspaceEventType, data: unknown, by = 'irwan'): WorkspaceEvent {
  return {
    ...{ streamId: 'tugas', seq: 7, type, at: '2026-11-24T02:00:00.000Z', actor: person(by), commandId: 'c' },
    data,
  } as WorkspaceEvent;
}

/** Who is told, as "person reason topic group". */
function told(of: WorkspaceEvent, level: FollowLevel | Record<string, FollowLevel> = 'IMPORTANT'): string[] {
  const levelOf = (id: string): FollowLevel =>
    typeof level === 'string' ? level : (level[id] ?? 'IMPORTANT');
  return noticesOf(of, FACTS, levelOf)
    .map(({ personId, reason, topic, group }) => `${personId} ${reason} ${topic} ${group}`)
    .toSorted();
}

const status = (from: string | null, to: string) => event('task.status-changed', { change: { from, to } });
const opd = (acceptance: string) =>
  event('opd.acceptance-changed', { opd: { opd: { id: 'bpbd' }, acceptance } }, 'sekda');
const milestone = (from: string, to: string) =>
  event('milestone.changed', { milestone: { id: 't1', opd: { id: 'bpbd' }, status: to }, from });
const message = (by: string, replyTo: string | null = null, mentions: object[] = []) =>
  event('message.posted', { message: { threadId: 'utas', no: 3, replyTo, mentions } }, by);
/** Given by PUPR to BPBD. */
const handover = (state: string, step: string, by = 'irwan') =>
  event(
    'handover.moved',
    {
      handover: {
        ...{ id: 'h1', status: state, last: { step } },
        ...{ giver: { id: 'pupr' }, receiver: { id: 'bpbd' }, holder: { id: 'bpbd' } },
      },
    },
    by,
  );
const decision = (
  type: `decision.${string}` & WorkspaceEventType,
  state: string,
  by: string,
  effective = true,
) =>
  event(
    type,
    {
      decision: { id: 'k1', status: state, effective, decider: person('sekda'), requestedBy: person('sari') },
    },
    by,
  );

describe('who is told what, and why', () => {
  it('a change of status: members and heads, not its maker', () => {
    expect(told(status('ASSIGNED', 'IN_PROGRESS'))).toEqual([
      'kadis-pupr STATUS_CHANGED task INFO',
      'plh-bpbd STATUS_CHANGED task INFO',
      'sari STATUS_CHANGED task INFO',
      'yudi STATUS_CHANGED task INFO',
    ]);
    expect(told(status(null, 'DRAFT'))).toEqual([]);
    expect(told(status('IN_PROGRESS', 'BLOCKED'), 'QUIET')).toEqual([]);
  });

  it('a new draft: the head who has to propose it, until it is proposed or cancelled', () => {
    const created = event('task.created', {}, 'sari');
    expect(told(created, 'QUIET')).toEqual(['kadis-pupr DRAFT_WAITING task ACTION']);
    expect(settledBy(status('DRAFT', 'PROPOSED'))).toEqual([
      { personId: null, topic: 'task', reasons: ['DRAFT_WAITING'] },
    ]);
    expect(settledBy(status('PROPOSED', 'ASSIGNED'))).toEqual([]);
  });

  it('a unit that is asked: its head, however little they follow', () => {
    expect(told(opd('PENDING'), 'QUIET')).toEqual(['plh-bpbd ACCEPTANCE_WAITING opd:bpbd ACTION']);
  });

  it.each(['ACCEPTED', 'DECLINED'])(
    'a unit that answered %s: the lead and the coordinating head',
    (answer) => {
      expect(told(opd(answer))).toEqual([
        'irwan ACCEPTANCE_ANSWERED opd:bpbd INFO',
        'kadis-pupr ACCEPTANCE_ANSWERED opd:bpbd INFO',
      ]);
    },
  );

  it('a new member: that person', () => {
    const added = event('member.added', { member: { person: person('yudi') } }, 'kadis-pupr');
    expect(told(added, 'QUIET')).toEqual(['yudi ASSIGNED task ACTION']);
  });

  it('a milestone that came back: the members of the unit that owns it', () => {
    expect(told(milestone('DONE', 'RETURNED'), 'QUIET')).toEqual([
      'yudi MILESTONE_RETURNED milestone:t1 ACTION',
    ]);
    expect(told(milestone('RETURNED', 'RETURNED'))).toEqual([]);
  });

  it('a milestone that is done: who wants to hear everything', () => {
    expect(told(milestone('IN_PROGRESS', 'DONE'), { sari: 'ALL' })).toEqual([
      'sari MILESTONE_DONE milestone:t1 INFO',
    ]);
  });

  it('a new thread: who wants to hear everything', () => {
    const opened = event('thread.opened', { thread: { id: 'baru' } });
    expect(told(opened)).toEqual([]);
    expect(told(opened, { yudi: 'ALL' })).toEqual(['yudi THREAD_OPENED thread:baru INFO']);
  });

  it('a new file: who wants to hear everything', () => {
    const added = event('file.added', { file: {} });
    expect(told(added)).toEqual([]);
    expect(told(added, { yudi: 'ALL' })).toEqual(['yudi FILE_ADDED files INFO']);
  });

  it('a message: who writes in the thread, and who wants to hear everything; nobody from outside the team', () => {
    expect(told(message('irwan'))).toEqual(['yudi MESSAGES thread:utas INFO']);
    expect(told(message('irwan'), { sari: 'ALL', yudi: 'QUIET' })).toEqual([
      'sari MESSAGES thread:utas INFO',
    ]);
  });

  it('a reply: its author, for that reason, once', () => {
    expect(told(message('yudi', 'm1'), { sari: 'ALL' })).toEqual([
      'irwan MESSAGES thread:utas INFO',
      'sari REPLIED thread:utas INFO',
    ]);
    expect(told(message('yudi', 'm2'))).toEqual(['irwan MESSAGES thread:utas INFO']);
  });

  it.each([
    ['a person', { kind: 'PERSON', id: 'sari' }, ['sari']],
    ['a head', { kind: 'PERSON', id: 'plh-bpbd' }, ['plh-bpbd']],
    ['somebody who is gone', { kind: 'PERSON', id: 'mantan' }, []],
    ['a unit', { kind: 'OPD', id: 'bpbd' }, ['plh-bpbd', 'yudi']],
    ['the team', { kind: 'TEAM', id: 'tugas' }, ['sari', 'yudi']],
  ])('a message that calls %s: those who are meant, however little they follow', (_, mention, who) => {
    const called = told(message('irwan', null, [mention]), 'QUIET');
    expect(called).toEqual(who.map((id) => `${id} MENTIONED thread:utas ACTION`));
  });

  it('a thread that ended: who wrote in it', () => {
    const resolved = event('thread.resolved', { threadId: 'utas', resolved: {} });
    expect(told(resolved)).toEqual(['yudi THREAD_RESOLVED thread:utas INFO']);
  });

  it('a decision that is asked for: who decides, member or not', () => {
    const asked = decision('decision.requested', 'PENDING', 'sari');
    expect(told(asked, 'QUIET')).toEqual(['sekda DECISION_WAITING decision:k1 ACTION']);
    expect(told(decision('decision.requested', 'APPROVED', 'sari'))).toEqual([]);
  });

  it.each(['APPROVED', 'APPROVED_WITH_NOTE', 'REJECTED'])(
    'a decision, %s: who asked, always, and the members, once it holds',
    (state) => {
      for (const type of ['decision.effective', 'decision.made'] as const) {
        const holds = decision(type, state, 'sekda');
        expect(told(holds, 'QUIET')).toEqual(['sari DECISION_MADE decision:k1 INFO']);
        expect(told(holds)).toHaveLength(3);
      }
      expect(told(decision('decision.made', state, 'sekda', false), 'ALL')).toEqual([]);
      expect(told(decision('decision.undone', 'PENDING', 'sekda', false), 'ALL')).toEqual([]);
    },
  );

  it('a question back: who asked; its answer: who decides', () => {
    const question = decision('decision.effective', 'CLARIFICATION_REQUESTED', 'kadis-pupr');
    expect(told(question, 'ALL')).toEqual(['sari CLARIFICATION_WAITING decision:k1 ACTION']);
    const answer = decision('decision.clarified', 'PENDING', 'sari');
    expect(told(answer, 'ALL')).toEqual(['sekda DECISION_WAITING decision:k1 ACTION']);
  });

  it('a decision that was handed on: who decides now', () => {
    const forwarded = decision('decision.effective', 'FORWARDED', 'kadis-pupr');
    expect(told(forwarded, 'ALL')).toEqual(['sekda DECISION_WAITING decision:k1 ACTION']);
  });

  it('a question that waits: whom the clock told; more time: who asked', () => {
    const step = (kind: string) => {
      const waits = decision('decision.reminded', 'PENDING', 'nobody');
      const clock = {
        told: [
          { kind: 'REMINDER', persons: [person('lama')] },
          { kind, persons: [person('asisten')] },
        ],
      };
      Object.assign((waits.data as { decision: object }).decision, { clock });
      return told(waits, 'QUIET');
    };
    expect(step('REMINDER')).toEqual(['asisten DECISION_REMINDED decision:k1 ACTION']);
    expect(step('SUPERIOR')).toEqual(['asisten DECISION_OVERDUE decision:k1 ACTION']);
    const extended = decision('decision.extended', 'PENDING', 'sekda');
    expect(told(extended, 'QUIET')).toEqual(['sari DECISION_EXTENDED decision:k1 INFO']);
  });

  it('a sentence for citizens that was reviewed: its writer', () => {
    const reviewed = event(
      'public-update.reviewed',
      { update: { id: 'u1', draftedBy: person('irwan') } },
      'ppid',
    );
    expect(told(reviewed, 'QUIET')).toEqual(['irwan PUBLIC_UPDATE_REVIEWED public-update:u1 INFO']);
  });

  it('work that is given: the people of the unit that holds it, its head too', () => {
    expect(told(handover('OFFERED', 'OFFERED'), 'QUIET')).toEqual([
      'plh-bpbd HANDOVER_WAITING handover:h1 ACTION',
      'yudi HANDOVER_WAITING handover:h1 ACTION',
    ]);
    expect(told(handover('HELD', 'ACCEPTED', 'yudi'), 'QUIET')).toEqual([]);
  });

  it('work that was accepted or is done: those who have had it, and the lead', () => {
    for (const [state, step] of [
      ['HELD', 'ACCEPTED'],
      ['DONE', 'DONE'],
    ] as const)
      expect(told(handover(state, step, 'yudi'))).toEqual(
        ['irwan', 'kadis-pupr', 'plh-bpbd', 'sari'].map((id) => `${id} HANDOVER_MOVED handover:h1 INFO`),
      );
  });

  it('work that came back for the third time: the Sekda', () => {
    expect(told(handover('WITH_SEKDA', 'RETURNED', 'yudi'), 'QUIET')).toEqual([
      'sekda HANDOVER_WAITING handover:h1 ACTION',
    ]);
  });

  it('every rule of every event type was asked here', () => {
    const rules = WORKSPACE_EVENT_TYPES.flatMap((type) =>
      NOTICE_RULES[type].map(({ reason }) => `${type} ${reason}`),
    );
    expect(rules.toSorted()).toEqual(
      [
        'task.created DRAFT_WAITING',
        'task.status-changed STATUS_CHANGED',
        'opd.acceptance-changed ACCEPTANCE_WAITING',
        'opd.acceptance-changed ACCEPTANCE_ANSWERED',
        'member.added ASSIGNED',
        'milestone.changed MILESTONE_RETURNED',
        'milestone.changed MILESTONE_DONE',
        'file.added FILE_ADDED',
        'thread.opened THREAD_OPENED',
        'thread.resolved THREAD_RESOLVED',
        'message.posted MENTIONED',
        'message.posted REPLIED',
        'message.posted MESSAGES',
        'message.posted MESSAGES',
        'decision.requested DECISION_WAITING',
        'decision.effective DECISION_WAITING',
        'decision.effective CLARIFICATION_WAITING',
        'decision.effective DECISION_MADE',
        'decision.effective DECISION_MADE',
        'decision.clarified DECISION_WAITING',
        'decision.reminded DECISION_OVERDUE',
        'decision.reminded DECISION_REMINDED',
        'decision.extended DECISION_EXTENDED',
        'decision.made DECISION_MADE',
        'decision.made DECISION_MADE',
        'handover.moved HANDOVER_WAITING',
        'handover.moved HANDOVER_MOVED',
        'public-update.reviewed PUBLIC_UPDATE_REVIEWED',
      ].toSorted(),
    );
  });

  it('an event of a type that is not known here reaches nobody', () => {
    expect(told(event('task.sung' as WorkspaceEventType, {}))).toEqual([]);
  });
});

describe('what is done without putting it away', () => {
  it.each([
    ['an answer in the thread', message('yudi'), 'yudi', 'thread:utas', 'REPLIED'],
    [
      'a decision',
      decision('decision.effective', 'REJECTED', 'sekda'),
      null,
      'decision:k1',
      'DECISION_WAITING',
    ],
    [
      'a decision elsewhere',
      decision('decision.made', 'REJECTED', 'sekda'),
      null,
      'decision:k1',
      'DECISION_WAITING',
    ],
    [
      'a withdrawal',
      decision('decision.withdrawn', 'WITHDRAWN', 'sari'),
      null,
      'decision:k1',
      'DECISION_WAITING',
    ],
    [
      'an answer',
      decision('decision.clarified', 'PENDING', 'sari'),
      null,
      'decision:k1',
      'CLARIFICATION_WAITING',
    ],
    ['a handover that went on', handover('DONE', 'DONE'), null, 'handover:h1', 'HANDOVER_WAITING'],
    ["a unit's answer", opd('ACCEPTED'), null, 'opd:bpbd', 'ACCEPTANCE_WAITING'],
    ['a milestone that is done', milestone('RETURNED', 'DONE'), null, 'milestone:t1', 'MILESTONE_RETURNED'],
  ] as const)('%s', (_, happened, personId, topic, reason) => {
    expect(settledBy(happened)).toEqual([
      { personId, topic, reasons: expect.arrayContaining([reason]) as string[] },
    ]);
  });

  it.each([
    ['a decision that can be undone', decision('decision.made', 'APPROVED', 'sekda', false)],
    ['a decision that was undone', decision('decision.undone', 'PENDING', 'sekda', false)],
    ['a unit that is asked again', opd('PENDING')],
    ['a milestone that goes on', milestone('RETURNED', 'IN_PROGRESS')],
    ['a new thread', event('thread.opened', { thread: { id: 'baru' } })],
  ] as const)('%s settles nothing', (_, happened) => {
    expect(settledBy(happened)).toEqual([]);
  });
});
