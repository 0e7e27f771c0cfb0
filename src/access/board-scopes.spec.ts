import { TASK_STATUSES, type HeldRole, type Role } from '#libs/contracts';
import { accessOf, type Who } from './access.policy.js';
import { boardsOf, scopesOf, type ScopeFacts } from './board-scopes.js';

const PUPR = 'pupr';
const DLH = 'dlh';
const BPBD = 'bpbd';
const DISHUB = 'dishub';
const ELSEWHERE = 'dinkes';
const ASISTEN_2 = 'asisten-2';
const ASISTEN_1 = 'asisten-1';

// PUPR coordinates; DLH accepted, BPBD has not answered, DISHUB declined. Each has somebody in the team.
const task = (about: Partial<ScopeFacts>): ScopeFacts => ({
  status: 'IN_PROGRESS',
  confidentiality: 'LIMITED',
  createdBy: 'author',
  steeringId: 'steering',
  proposed: true,
  coordinatingOpdId: PUPR,
  opds: [
    { opdId: PUPR, acceptance: 'ACCEPTED' },
    { opdId: DLH, acceptance: 'ACCEPTED' },
    { opdId: BPBD, acceptance: 'PENDING' },
    { opdId: DISHUB, acceptance: 'DECLINED' },
  ],
  asistenOpdIds: [ASISTEN_2],
  team: [
    { personId: 'lead', teamRole: 'KETUA_TIM', opdId: PUPR },
    { personId: 'member of PUPR', teamRole: 'ANGGOTA', opdId: PUPR },
    { personId: 'member of DLH', teamRole: 'ANGGOTA', opdId: DLH },
    { personId: 'member of BPBD', teamRole: 'ANGGOTA', opdId: BPBD },
    { personId: 'member of DISHUB', teamRole: 'ANGGOTA', opdId: DISHUB },
  ],
  ...about,
});

const STAGES: Partial<ScopeFacts>[] = TASK_STATUSES.flatMap((status) => [
  { status, proposed: true },
  { status, proposed: false },
]);

const held = (role: Role, opdId: string | null = null): HeldRole => ({ role, opdId });
const POSTS: HeldRole[] = [
  held('WALI_KOTA'),
  held('WAKIL_WALI_KOTA'),
  held('SEKDA'),
  held('ASISTEN', ASISTEN_1),
  held('ASISTEN', ASISTEN_2),
  held('PEMANTAU'),
  ...[PUPR, DLH, BPBD, DISHUB, ELSEWHERE].flatMap((opdId) => [
    held('KEPALA_OPD', opdId),
    held('PEMANTAU', opdId),
    held('ADMIN_OPD', opdId),
    held('PPID', opdId),
  ]),
];
const PERSONS = ['nobody', 'author', 'steering', ...task({}).team.map(({ personId }) => personId)];

const EVERYBODY: Who[] = PERSONS.flatMap((personId) => [
  { personId, roles: [] },
  ...POSTS.map((post): Who => ({ personId, roles: [post] })),
  { personId, roles: [held('PEMANTAU', PUPR), held('KEPALA_OPD', PUPR)] },
  { personId, roles: [held('PEMANTAU'), held('ASISTEN', ASISTEN_1)] },
]);

function standings(about: Partial<ScopeFacts>) {
  const facts = task(about);
  const { team, ...rest } = facts;
  const scopes = new Set<string>(scopesOf(facts));
  return EVERYBODY.map((who) => {
    const member = team.find(({ personId }) => personId === who.personId) ?? null;
    return {
      who,
      sees: accessOf(who, { ...rest, member }).see !== 'nothing',
      hasRow: [`person:${who.personId}`, ...boardsOf(who.roles).map(({ scope }) => scope)].some((scope) =>
        scopes.has(scope),
      ),
    };
  });
}

describe('a row on a board', () => {
  it.each(STAGES)('is shown only to who may open the task: %j', (about) => {
    expect(standings(about).filter(({ sees, hasRow }) => hasRow && !sees)).toEqual([]);
  });

  /** They may open the task but no board of theirs shows it. */
  const WITHOUT_ROW: ((who: Who) => boolean)[] = [
    // A unit that declined has nothing to do with it any more.
    ({ roles }) => roles.some(({ opdId }) => opdId === DISHUB),
    // Has no board: archives what the unit's people ask for.
    ({ roles }) => roles.some(({ role }) => role === 'ADMIN_OPD'),
  ];

  it.each(STAGES)('is there for all others who may open the task: %j', (about) => {
    const missing = standings(about).filter(({ sees, hasRow }) => sees && !hasRow);
    expect(missing.filter(({ who }) => !WITHOUT_ROW.some((excepted) => excepted(who)))).toEqual([]);
  });
});

describe('the boards of a task', () => {
  it('are only its makers’ until it is proposed, also when it is cancelled before', () => {
    const makers = ['opd:pupr', 'person:author', 'person:lead'];
    expect(scopesOf(task({ status: 'DRAFT' }))).toEqual(makers);
    expect(scopesOf(task({ status: 'CANCELLED', proposed: false }))).toEqual(makers);
  });

  it('are those of the leaders and the asked while it is proposed, and no monitor’s', () => {
    expect(scopesOf(task({ status: 'PROPOSED' }))).toEqual([
      'city',
      'field:asisten-2',
      'opd:bpbd',
      'opd:dlh',
      'opd:pupr',
      'person:author',
      'person:lead',
      'person:member of DLH',
      'person:member of PUPR',
      'person:steering',
    ]);
  });

  it('are from the assignment on those of the willing, of the monitors, and not the author’s', () => {
    expect(scopesOf(task({}))).toEqual([
      'city',
      'field:asisten-2',
      'monitor',
      'monitor:bpbd',
      'monitor:dlh',
      'monitor:pupr',
      'opd:bpbd',
      'opd:dlh',
      'opd:pupr',
      'person:lead',
      'person:member of DLH',
      'person:member of PUPR',
      'person:steering',
    ]);
  });
});

describe('the boards of a person', () => {
  it.each<[HeldRole[], string[]]>([
    [[held('SEKDA'), held('KEPALA_OPD', 'setda')], ['city']],
    [[held('PEMANTAU')], ['monitor']],
    [
      [held('PEMANTAU'), held('PEMANTAU', PUPR), held('KEPALA_OPD', DLH)],
      ['monitor', 'opd:dlh'],
    ],
    [[held('PEMANTAU', PUPR), held('KEPALA_OPD', PUPR)], ['opd:pupr']],
    [[held('ASISTEN', ASISTEN_2)], ['field:asisten-2']],
    [[held('PPID'), held('ADMIN_SISTEM')], []],
  ])('are the widest that %j opens', (roles, scopes) => {
    expect(boardsOf(roles).map(({ scope }) => scope)).toEqual(scopes);
  });
});
