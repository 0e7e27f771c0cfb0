import {
  READ_ONLY_STATUSES,
  STATUS_RULES,
  TASK_STATUSES,
  type HeldRole,
  type Role,
  type TaskStatus,
  type TeamRole,
} from '#libs/contracts';
import { accessOf, NO_ACCESS, type Access, type TaskFacts, type Who } from './access.policy.js';

const PUPR = 'opd-pupr';
const DLH = 'opd-dlh';
const BPBD = 'opd-bpbd';
const DISHUB = 'opd-dishub';
const DINKES = 'opd-dinkes';
const ASISTEN_2 = 'opd-asisten-2';
const ASISTEN_1 = 'opd-asisten-1';
const SETDA = 'opd-setda';

// PUPR coordinates; DLH accepted, BPBD has not answered, DISHUB declined, DINKES takes no part.
const task = (about: Partial<TaskFacts> = {}): TaskFacts => ({
  status: 'IN_PROGRESS',
  confidentiality: 'LIMITED',
  createdBy: 'author',
  steeringId: null,
  proposed: about.status !== 'DRAFT',
  coordinatingOpdId: PUPR,
  opds: [
    { opdId: PUPR, acceptance: 'ACCEPTED' },
    { opdId: DLH, acceptance: 'ACCEPTED' },
    { opdId: BPBD, acceptance: 'PENDING' },
    { opdId: DISHUB, acceptance: 'DECLINED' },
  ],
  asistenOpdIds: [ASISTEN_2],
  member: null,
  ...about,
});

const who = (role?: Role, opdId: string | null = null): Who => ({
  personId: 'somebody',
  roles: role === undefined ? [] : [{ role, opdId } satisfies HeldRole],
});
const author: Who = { personId: 'author', roles: [] };

const STANDINGS = {
  author: [author, null],
  'head of the coordinating unit': [who('KEPALA_OPD', PUPR), null],
  'head of a unit that accepted': [who('KEPALA_OPD', DLH), null],
  'head of a unit that has not answered': [who('KEPALA_OPD', BPBD), null],
  'head of a unit that declined': [who('KEPALA_OPD', DISHUB), null],
  'head of another unit': [who('KEPALA_OPD', DINKES), null],
  'Wali Kota': [who('WALI_KOTA'), null],
  'Wakil Wali Kota': [who('WAKIL_WALI_KOTA'), null],
  Sekda: [who('SEKDA', SETDA), null],
  'asisten of the field': [who('ASISTEN', ASISTEN_2), null],
  'asisten of another field': [who('ASISTEN', ASISTEN_1), null],
  'monitor of the city': [who('PEMANTAU'), null],
  'monitor of a unit in it': [who('PEMANTAU', DLH), null],
  'monitor of another unit': [who('PEMANTAU', DINKES), null],
  'unit admin of the coordinator': [who('ADMIN_OPD', PUPR), null],
  'unit admin of a supporter': [who('ADMIN_OPD', DLH), null],
  PPID: [who('PPID', PUPR), null],
  'system admin': [who('ADMIN_SISTEM'), null],
  'team lead': [who(), { teamRole: 'KETUA_TIM', opdId: PUPR }],
  'member of the coordinating unit': [who(), { teamRole: 'ANGGOTA', opdId: PUPR }],
  'member of a unit that accepted': [who(), { teamRole: 'ANGGOTA', opdId: DLH }],
  'member of a unit that has not answered': [who(), { teamRole: 'ANGGOTA', opdId: BPBD }],
  'member of a unit that declined': [who(), { teamRole: 'ANGGOTA', opdId: DISHUB }],
  'member of a unit outside the task': [who(), { teamRole: 'ANGGOTA', opdId: DINKES }],
  colleague: [who(), null],
} satisfies Record<string, [Who, { teamRole: TeamRole; opdId: string } | null]>;

type Name = keyof typeof STANDINGS;

function as(name: Name, about: Partial<TaskFacts> = {}): Access {
  const [person, member] = STANDINGS[name];
  return accessOf(person, task({ member, ...about }));
}

const NAMES = Object.keys(STANDINGS) as Name[];

/** Everybody not named sees nothing. */
const SIGHT: Record<string, { when: Partial<TaskFacts>; full: Name[]; summary: Name[] }> = {
  'a draft': {
    when: { status: 'DRAFT' },
    full: ['author', 'head of the coordinating unit', 'team lead'],
    summary: [],
  },
  'a draft that was returned': {
    when: { status: 'DRAFT', proposed: true },
    full: ['author', 'head of the coordinating unit', 'team lead'],
    summary: [],
  },
  'a draft that was cancelled before anybody proposed it': {
    when: { status: 'CANCELLED', proposed: false },
    full: ['author', 'head of the coordinating unit', 'team lead'],
    summary: [],
  },
  'a proposal': {
    when: { status: 'PROPOSED' },
    full: ['author', 'team lead', 'member of the coordinating unit', 'member of a unit that accepted'],
    summary: [
      'head of the coordinating unit',
      'head of a unit that accepted',
      'head of a unit that has not answered',
      'head of a unit that declined',
      'Wali Kota',
      'Wakil Wali Kota',
      'Sekda',
      'asisten of the field',
    ],
  },
  'an assigned task': {
    when: { status: 'ASSIGNED' },
    full: ['team lead', 'member of the coordinating unit', 'member of a unit that accepted'],
    summary: [
      'head of the coordinating unit',
      'head of a unit that accepted',
      'head of a unit that has not answered',
      'head of a unit that declined',
      'Wali Kota',
      'Wakil Wali Kota',
      'Sekda',
      'asisten of the field',
      'monitor of the city',
      'monitor of a unit in it',
    ],
  },
  'a completed task': {
    when: { status: 'COMPLETED' },
    full: ['team lead', 'member of the coordinating unit', 'member of a unit that accepted'],
    summary: [
      'head of the coordinating unit',
      'head of a unit that accepted',
      'head of a unit that has not answered',
      'head of a unit that declined',
      'Wali Kota',
      'Wakil Wali Kota',
      'Sekda',
      'asisten of the field',
      'monitor of the city',
      'monitor of a unit in it',
      'unit admin of the coordinator',
    ],
  },
};

describe('who sees a task', () => {
  for (const [what, { when, full, summary }] of Object.entries(SIGHT)) {
    it.each(NAMES)(`${what}: %s`, (name) => {
      const expected = full.includes(name) ? 'full' : summary.includes(name) ? 'summary' : 'nothing';
      expect(as(name, when).see).toBe(expected);
    });
  }

  it('gives nothing at all to whom it shows nothing', () => {
    for (const status of TASK_STATUSES) {
      for (const name of NAMES) {
        const access = as(name, { status });
        if (access.see === 'nothing') expect(access).toEqual(NO_ACCESS);
      }
    }
  });

  it('never shows more of a task because it is public or has personal data', () => {
    for (const status of TASK_STATUSES) {
      for (const name of NAMES) {
        const limited = as(name, { status }).see;
        expect(as(name, { status, confidentiality: 'PUBLIC' }).see).toBe(limited);
        expect(as(name, { status, confidentiality: 'PERSONAL_DATA' }).see).toBe(limited);
      }
    }
  });

  it('shows a task to the official who steers it, whatever the position', () => {
    const steering = { ...who(), personId: 'staf-ahli' };
    const about = { steeringId: 'staf-ahli' };
    expect(accessOf(steering, task({ ...about, status: 'PROPOSED' })).see).toBe('summary');
    expect(accessOf(steering, task(about))).toMatchObject({ see: 'summary', post: false, transitions: [] });
    expect(accessOf(steering, task({ ...about, status: 'DRAFT' })).see).toBe('nothing');
  });

  it('lets the author of a task that was assigned see it only as a member', () => {
    expect(as('author').see).toBe('nothing');
    expect(accessOf(author, task({ member: { teamRole: 'ANGGOTA', opdId: PUPR } })).see).toBe('full');
  });
});

describe('who reads messages', () => {
  const READERS: Name[] = [
    'head of the coordinating unit',
    'head of a unit that accepted',
    'head of a unit that has not answered',
    'Wali Kota',
    'Wakil Wali Kota',
    'Sekda',
    'asisten of the field',
  ];
  const MEMBERS: Name[] = ['team lead', 'member of the coordinating unit', 'member of a unit that accepted'];

  it.each(NAMES)('in limited and public tasks members and superiors: %s', (name) => {
    const expected = [...READERS, ...MEMBERS].includes(name);
    expect(as(name).readMessages).toBe(expected);
    expect(as(name, { confidentiality: 'PUBLIC' }).readMessages).toBe(expected);
  });

  it('a monitor of none, whatever the status and the confidentiality, though the task is seen', () => {
    for (const name of ['monitor of the city', 'monitor of a unit in it'] as const) {
      for (const status of TASK_STATUSES) {
        for (const confidentiality of ['PUBLIC', 'LIMITED', 'PERSONAL_DATA'] as const)
          expect(as(name, { status, confidentiality }).readMessages).toBe(false);
      }
      expect(as(name)).toMatchObject({ see: 'summary', post: false, transitions: [] });
    }
  });

  it('a monitor who is also a superior or a member, as that', () => {
    const roles: HeldRole[] = [
      { role: 'PEMANTAU', opdId: null },
      { role: 'KEPALA_OPD', opdId: PUPR },
    ];
    expect(accessOf({ personId: 'somebody', roles }, task()).readMessages).toBe(true);
    const member = { teamRole: 'ANGGOTA', opdId: DLH } as const;
    expect(accessOf(who('PEMANTAU'), task({ member })).readMessages).toBe(true);
  });

  it.each(NAMES)('in tasks with personal data only named members: %s', (name) => {
    for (const status of TASK_STATUSES) {
      const access = as(name, { status, confidentiality: 'PERSONAL_DATA' });
      expect(access.readMessages).toBe(access.see !== 'nothing' && MEMBERS.includes(name));
    }
  });
});

describe('who writes', () => {
  const WRITERS: Name[] = ['team lead', 'member of the coordinating unit', 'member of a unit that accepted'];

  it.each(NAMES)('messages and threads only as a member: %s', (name) => {
    expect(as(name)).toMatchObject({ post: WRITERS.includes(name), openThread: WRITERS.includes(name) });
  });

  it.each(NAMES)(
    'take away and close what others wrote, and call on the whole team, only as its lead: %s',
    (name) => {
      const lead = name === 'team lead';
      expect(as(name)).toMatchObject({ moderate: lead, mentionTeam: lead });
    },
  );

  it('call on the whole team also as a member who steers the task', () => {
    const steering = { ...who(), personId: 'steering' };
    const about = { steeringId: 'steering', member: { teamRole: 'ANGGOTA', opdId: PUPR } as const };
    expect(accessOf(steering, task(about))).toMatchObject({ moderate: false, mentionTeam: true });
    expect(accessOf(steering, task({ ...about, member: null })).mentionTeam).toBe(false);
  });

  it('nothing in completed, cancelled and archived tasks', () => {
    for (const status of READ_ONLY_STATUSES) {
      for (const name of NAMES) {
        expect(as(name, { status })).toMatchObject({
          post: false,
          openThread: false,
          moderate: false,
          mentionTeam: false,
          draftPublicUpdate: false,
          milestones: 'none',
        });
      }
    }
  });

  it.each(NAMES)(
    'answers for a unit that is asked or declined, and appoints for one that takes part: %s',
    (name) => {
      const answers: Partial<Record<Name, string[]>> = {
        'head of a unit that has not answered': [BPBD],
        'head of a unit that declined': [DISHUB],
      };
      const appoints: Partial<Record<Name, string[]>> = {
        'head of the coordinating unit': [PUPR],
        'head of a unit that accepted': [DLH],
      };
      expect(as(name)).toMatchObject({ answerOpds: answers[name] ?? [], appoint: appoints[name] ?? [] });
      for (const status of READ_ONLY_STATUSES)
        expect(as(name, { status })).toMatchObject({ answerOpds: [], appoint: [], askOpds: false });
    },
  );

  it.each(NAMES)(
    'names further units as lead and coordinating head, as author before the assignment: %s',
    (name) => {
      const always = name === 'team lead' || name === 'head of the coordinating unit';
      expect(as(name).askOpds).toBe(always);
      expect(as(name, { status: 'DRAFT' }).askOpds).toBe(always || name === 'author');
    },
  );

  it.each(NAMES)('decides for the posts held here, asks as member or head of a unit in it: %s', (name) => {
    const posts: Partial<Record<Name, string>> = {
      'team lead': 'KETUA_TIM null',
      'head of the coordinating unit': `KEPALA_OPD ${PUPR}`,
      'head of a unit that accepted': `KEPALA_OPD ${DLH}`,
      'asisten of the field': `ASISTEN ${ASISTEN_2}`,
      'Wali Kota': 'WALI_KOTA null',
      'Wakil Wali Kota': 'WAKIL_WALI_KOTA null',
      Sekda: 'SEKDA null',
    };
    const asks: Name[] = [
      ...(['team lead', 'member of the coordinating unit', 'member of a unit that accepted'] as const),
      ...(['head of the coordinating unit', 'head of a unit that accepted'] as const),
    ];
    const post = posts[name];
    const { decideAs, askDecisions } = as(name);
    expect(decideAs.map(({ role, opdId }) => `${role} ${opdId}`)).toEqual(post ? [post] : []);
    expect(askDecisions).toBe(asks.includes(name));
    for (const status of ['DRAFT', ...READ_ONLY_STATUSES] as const)
      expect(as(name, { status })).toMatchObject({ decideAs: [], askDecisions: false });
  });

  it.each(NAMES)('words of decisions, of personal data not as an observer: %s', (name) => {
    const { see, readDecisions } = as(name, { confidentiality: 'PERSONAL_DATA' });
    const observes = name.startsWith('monitor') || name === 'head of a unit that declined';
    expect(readDecisions).toBe(see !== 'nothing' && !observes);
    expect(as(name).readDecisions).toBe(see !== 'nothing');
  });

  it.each(NAMES)('a public update only as team lead: %s', (name) => {
    expect(as(name).draftPublicUpdate).toBe(name === 'team lead');
  });

  it('a public update not before the status has a public name', () => {
    for (const status of TASK_STATUSES) {
      const expected = STATUS_RULES[status].publicLabel !== null && !READ_ONLY_STATUSES.has(status);
      expect(as('team lead', { status }).draftPublicUpdate).toBe(expected);
    }
  });

  it.each(NAMES)('milestones as lead all, as member those of the own unit: %s', (name) => {
    const own: Partial<Record<Name, Access['milestones']>> = {
      'team lead': 'all',
      'member of the coordinating unit': { opdIds: [PUPR] },
      'member of a unit that accepted': { opdIds: [DLH] },
    };
    expect(as(name).milestones).toEqual(own[name] ?? 'none');
  });

  it('milestones not before the task is assigned', () => {
    expect(as('team lead', { status: 'DRAFT' }).milestones).toBe('none');
    expect(as('team lead', { status: 'PROPOSED' }).milestones).toBe('none');
    expect(as('team lead', { status: 'ASSIGNED' }).milestones).toBe('all');
  });

  it('tells for which unit a member works, and nobody else', () => {
    for (const name of NAMES) {
      const [, member] = STANDINGS[name];
      expect(as(name).memberOpdId).toBe(WRITERS.includes(name) ? member?.opdId : null);
    }
  });
});

describe('who moves a task', () => {
  const LEADERS: Name[] = ['Wali Kota', 'Wakil Wali Kota', 'Sekda', 'asisten of the field'];
  const everybody = (names: Name[], to: TaskStatus[]) => Object.fromEntries(names.map((name) => [name, to]));

  /** Everybody not named moves it nowhere. */
  const MOVES: Record<TaskStatus, Partial<Record<Name, TaskStatus[]>>> = {
    DRAFT: { 'head of the coordinating unit': ['PROPOSED', 'CANCELLED'], 'team lead': ['CANCELLED'] },
    PROPOSED: {
      ...everybody(LEADERS, ['ASSIGNED', 'DRAFT', 'CANCELLED']),
      'head of the coordinating unit': ['DRAFT', 'CANCELLED'],
    },
    ASSIGNED: {
      ...everybody(LEADERS, ['PROPOSED', 'CANCELLED']),
      'head of the coordinating unit': ['PROPOSED'],
      'head of a unit that has not answered': ['PROPOSED'],
      'head of a unit that declined': ['PROPOSED'],
      'team lead': ['IN_PROGRESS'],
    },
    IN_PROGRESS: {
      ...everybody(LEADERS, ['ON_HOLD', 'CANCELLED']),
      'team lead': ['BLOCKED', 'AWAITING_DECISION', 'ON_HOLD', 'IN_VERIFICATION'],
    },
    BLOCKED: {
      ...everybody(LEADERS, ['ON_HOLD', 'CANCELLED']),
      'team lead': ['IN_PROGRESS', 'AWAITING_DECISION', 'ON_HOLD'],
    },
    AWAITING_DECISION: {
      ...everybody(LEADERS, ['ON_HOLD', 'CANCELLED']),
      'team lead': ['IN_PROGRESS', 'BLOCKED', 'ON_HOLD'],
    },
    ON_HOLD: { ...everybody(LEADERS, ['CANCELLED']), 'team lead': ['IN_PROGRESS'] },
    IN_VERIFICATION: everybody(LEADERS, ['COMPLETED', 'IN_PROGRESS']),
    COMPLETED: {
      ...everybody(LEADERS, ['IN_PROGRESS']),
      'team lead': ['ARCHIVED'],
      'unit admin of the coordinator': ['ARCHIVED'],
    },
    CANCELLED: { 'team lead': ['ARCHIVED'], 'unit admin of the coordinator': ['ARCHIVED'] },
    ARCHIVED: {},
  };

  for (const status of TASK_STATUSES) {
    it.each(NAMES)(`from ${status}: %s`, (name) => {
      expect(as(name, { status }).transitions).toEqual(MOVES[status][name] ?? []);
    });
  }

  it('lets the asisten who steers it act outside the own field', () => {
    const asisten = { ...who('ASISTEN', ASISTEN_1), personId: 'steering' };
    const access = accessOf(asisten, task({ status: 'IN_VERIFICATION', steeringId: 'steering' }));
    expect(access.transitions).toEqual(['COMPLETED', 'IN_PROGRESS']);
  });

  it('adds up what several positions and the team give', () => {
    const camat: Who = { personId: 'camat', roles: [{ role: 'KEPALA_OPD', opdId: PUPR }] };
    const member = { teamRole: 'KETUA_TIM', opdId: PUPR } as const;
    expect(accessOf(camat, task({ status: 'ASSIGNED', member }))).toMatchObject({
      see: 'full',
      transitions: ['IN_PROGRESS', 'PROPOSED'],
      milestones: 'all',
    });
  });

  it('does not let a lead whose unit left lead on', () => {
    const member = { teamRole: 'KETUA_TIM', opdId: DISHUB } as const;
    expect(accessOf(who(), task({ member }))).toEqual(NO_ACCESS);
  });
});
