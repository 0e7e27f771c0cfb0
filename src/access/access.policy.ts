import {
  READ_ONLY_STATUSES,
  STATUS_RULES,
  transitionsFor,
  type Acceptance,
  type ActingRole,
  type Confidentiality,
  type HeldRole,
  type PostRef,
  type TaskStatus,
  type TeamRole,
  type WorkspaceRights,
} from '#libs/contracts';

/** The person asking, with the roles that positions and grants give on the day it is asked for. */
export interface Who {
  personId: string;
  roles: readonly HeldRole[];
}

/** What the policy has to know about a task. */
export interface TaskFacts {
  status: TaskStatus;
  confidentiality: Confidentiality;
  createdBy: string;
  steeringId: string | null;
  /** It was proposed at least once; before that only its makers know of it, also when they cancel it. */
  proposed: boolean;
  coordinatingOpdId: string;
  opds: readonly { opdId: string; acceptance: Acceptance }[];
  /** The units of the asisten in whose field the task lies. */
  asistenOpdIds: readonly string[];
  /** The asking person's own place in the team. */
  member: { teamRole: TeamRole; opdId: string } | null;
}

/** What one person may see and do in one workspace. */
export interface Access extends WorkspaceRights {
  /** `full`: as those who work in it. `summary`: as those who oversee it. `nothing`: as if it did not exist. */
  see: 'nothing' | 'summary' | 'full';
  /** The unit a member works here for; null for everybody else. */
  memberOpdId: string | null;
  /** Posts that may be asked for a decision here, from the nearest to the highest. */
  deciders: PostRef[];
}

export const NO_ACCESS: Access = {
  see: 'nothing',
  readMessages: false,
  post: false,
  openThread: false,
  moderate: false,
  mentionTeam: false,
  draftPublicUpdate: false,
  milestones: 'none',
  files: 'none',
  transitions: [],
  writeSummary: false,
  askOpds: false,
  answerOpds: [],
  appoint: [],
  readDecisions: false,
  askDecisions: false,
  decideAs: [],
  handOver: [],
  memberOpdId: null,
  deciders: [],
};

/** The one place that says who may see and do what in a workspace. Pure: everything it needs is in its arguments. */
export function accessOf(who: Who, task: TaskFacts): Access {
  const standing = standingOf(who, task);
  const see = sightOf(standing, stageOf(task));
  if (see === 'nothing') return NO_ACCESS;
  const open = !READ_ONLY_STATUSES.has(task.status);
  const atWork = open && task.status !== 'DRAFT' && task.status !== 'PROPOSED';
  const { memberOpdId, lead } = standing;
  const writes = open && memberOpdId !== null;
  const superior = isSuperior(standing);
  const deciders = open && task.status !== 'DRAFT' ? decidersOf(task) : [];
  const decideAs = deciders.filter((post) => holds(who, standing, post));
  return {
    see,
    readMessages: memberOpdId !== null || (task.confidentiality !== 'PERSONAL_DATA' && superior),
    post: writes,
    openThread: writes,
    moderate: writes && lead,
    mentionTeam: writes && (lead || standing.steering),
    draftPublicUpdate: lead && open && STATUS_RULES[task.status].publicLabel !== null,
    milestones: !atWork || memberOpdId === null ? 'none' : lead ? 'all' : { opdIds: [memberOpdId] },
    files: !writes ? 'none' : lead ? 'all' : 'own',
    transitions: transitionsFor(task.status, rolesThatCount(who, task, standing)),
    writeSummary: open && (lead || standing.head || (standing.author && !atWork)),
    askOpds: open && (lead || standing.head || (standing.author && !atWork)),
    answerOpds: atWork ? task.opds.filter((opd) => mayAnswer(who, task, opd)).map(({ opdId }) => opdId) : [],
    appoint: open ? task.opds.filter((opd) => mayAppoint(who, task, opd)).map(({ opdId }) => opdId) : [],
    readDecisions: memberOpdId !== null || superior || task.confidentiality !== 'PERSONAL_DATA',
    askDecisions: deciders.length > 0 && (memberOpdId !== null || decideAs.some(isHead)),
    decideAs,
    handOver: atWork
      ? task.opds.filter((opd) => mayHandOver(who, task, opd, memberOpdId)).map(({ opdId }) => opdId)
      : [],
    deciders,
    memberOpdId,
  };
}

/** The lead inside the team's mandate; heads of units that take part; above them whoever answers for several units. */
function decidersOf({ coordinatingOpdId, opds, asistenOpdIds }: TaskFacts): PostRef[] {
  const units = opds.filter(
    ({ opdId, acceptance }) => opdId !== coordinatingOpdId && acceptance === 'ACCEPTED',
  );
  return [
    { role: 'KETUA_TIM', opdId: null },
    ...[coordinatingOpdId, ...units.map(({ opdId }) => opdId)].map((opdId): PostRef => ({
      role: 'KEPALA_OPD',
      opdId,
    })),
    ...asistenOpdIds.map((opdId): PostRef => ({ role: 'ASISTEN', opdId })),
    { role: 'SEKDA', opdId: null },
    { role: 'WAKIL_WALI_KOTA', opdId: null },
    { role: 'WALI_KOTA', opdId: null },
  ];
}

const isHead = ({ role }: PostRef): boolean => role === 'KEPALA_OPD';

function holds({ roles }: Who, { lead }: Standing, { role, opdId }: PostRef): boolean {
  if (role === 'KETUA_TIM') return lead;
  return roles.some((held) => held.role === role && (opdId === null || held.opdId === opdId));
}

function leads({ roles }: Who, { opdId }: TaskFacts['opds'][number]): boolean {
  return roles.some((held) => held.role === 'KEPALA_OPD' && held.opdId === opdId);
}

/** A unit that is asked or has declined, by its head or who stands in for the head. */
function mayAnswer(who: Who, { coordinatingOpdId }: TaskFacts, opd: TaskFacts['opds'][number]): boolean {
  const { opdId, acceptance } = opd;
  return (
    opdId !== coordinatingOpdId && (acceptance === 'PENDING' || acceptance === 'DECLINED') && leads(who, opd)
  );
}

/** People of a unit that takes part, by its head: the one who answers for them. */
function mayAppoint(who: Who, { coordinatingOpdId }: TaskFacts, opd: TaskFacts['opds'][number]): boolean {
  return (opd.opdId === coordinatingOpdId || opd.acceptance === 'ACCEPTED') && leads(who, opd);
}

/** Work between units: a unit that takes part speaks by its head and by its people in the team. */
function mayHandOver(
  who: Who,
  { coordinatingOpdId }: TaskFacts,
  opd: TaskFacts['opds'][number],
  memberOpdId: string | null,
): boolean {
  const takesPart = opd.opdId === coordinatingOpdId || opd.acceptance === 'ACCEPTED';
  return takesPart && (opd.opdId === memberOpdId || leads(who, opd));
}

/** How a person stands to a task; several may be true at once. */
interface Standing {
  author: boolean;
  /** Set when the person is in the team and the unit has accepted. */
  memberOpdId: string | null;
  lead: boolean;
  /** Head of the coordinating unit. */
  head: boolean;
  /** Head of a supporting unit that has not declined. */
  supportingHead: boolean;
  /** Head of a supporting unit that has not accepted, or no more. */
  unwillingHead: boolean;
  /** Wali Kota, Wakil Wali Kota or Sekda. */
  cityLeader: boolean;
  /** Asisten of the task's field, or the asisten who steers it. */
  asisten: boolean;
  steering: boolean;
  monitor: boolean;
  archivist: boolean;
}

function standingOf({ personId, roles }: Who, task: TaskFacts): Standing {
  const has = (role: HeldRole['role'], about: (opdId: string | null) => boolean) =>
    roles.some((held) => held.role === role && about(held.opdId));
  const acceptance = new Map(task.opds.map((opd) => [opd.opdId, opd.acceptance]));
  const isCoordinating = (opdId: string | null) => opdId === task.coordinatingOpdId;
  const supports =
    (...states: Acceptance[]) =>
    (opdId: string | null) => {
      const state = opdId === null || isCoordinating(opdId) ? undefined : acceptance.get(opdId);
      return state !== undefined && states.includes(state);
    };
  const { member } = task;
  const entered =
    member !== null && (isCoordinating(member.opdId) || acceptance.get(member.opdId) === 'ACCEPTED')
      ? member
      : null;
  const steering = task.steeringId === personId;
  return {
    author: task.createdBy === personId,
    memberOpdId: entered?.opdId ?? null,
    lead: entered?.teamRole === 'KETUA_TIM',
    head: has('KEPALA_OPD', isCoordinating),
    supportingHead: has('KEPALA_OPD', supports('NOT_REQUESTED', 'PENDING', 'ACCEPTED')),
    unwillingHead: has('KEPALA_OPD', supports('PENDING', 'DECLINED')),
    cityLeader: CITY_LEADERS.some((role) => has(role, () => true)),
    asisten: has('ASISTEN', (opdId) => steering || (opdId !== null && task.asistenOpdIds.includes(opdId))),
    steering,
    monitor: has('PEMANTAU', (opdId) => opdId === null || isCoordinating(opdId) || acceptance.has(opdId)),
    archivist: has('ADMIN_OPD', isCoordinating) && READ_ONLY_STATUSES.has(task.status),
  };
}

export const CITY_LEADERS = ['WALI_KOTA', 'WAKIL_WALI_KOTA', 'SEKDA'] as const;

type Stage = 'draft' | 'proposal' | 'assigned';

function stageOf(task: TaskFacts): Stage {
  if (task.status === 'DRAFT' || !task.proposed) return 'draft';
  return task.status === 'PROPOSED' ? 'proposal' : 'assigned';
}

function sightOf(s: Standing, stage: Stage): Access['see'] {
  const member = s.memberOpdId !== null;
  switch (stage) {
    case 'draft':
      return s.author || s.head || s.lead ? 'full' : 'nothing';
    case 'proposal':
      if (s.author || member) return 'full';
      return s.head || s.supportingHead || s.unwillingHead || s.cityLeader || s.asisten || s.steering
        ? 'summary'
        : 'nothing';
    case 'assigned':
      if (member) return 'full';
      return isSuperior({ ...s, author: false }) || s.unwillingHead || s.monitor || s.archivist
        ? 'summary'
        : 'nothing';
  }
}

/** A superior of the task, or its author. A monitor is none: what was said is for those who answer for the task. */
function isSuperior(s: Standing): boolean {
  return s.author || s.head || s.supportingHead || s.cityLeader || s.asisten || s.steering;
}

/** Roles as they count for this task: a head of another unit is no head here, a lead of another team no lead. */
function rolesThatCount({ roles }: Who, task: TaskFacts, s: Standing): ActingRole[] {
  const count: ActingRole[] = roles
    .map(({ role }) => role)
    .filter((role) => role !== 'KEPALA_OPD' && role !== 'ASISTEN' && role !== 'ADMIN_OPD');
  if (s.lead) count.push('KETUA_TIM');
  // A supporting unit sends an assignment back by declining it; everything else is the coordinating head's.
  if (s.head || (s.unwillingHead && task.status === 'ASSIGNED')) count.push('KEPALA_OPD');
  if (s.asisten) count.push('ASISTEN');
  if (s.archivist) count.push('ADMIN_OPD');
  return count;
}
