import type { BoardRow, OpdRef, Wait } from '#libs/contracts';
import { matches, needsOf, NO_FILTER, TASK_ORDERS, type Viewer, viewerOf } from './task-filter.js';

const opd = (id: string): OpdRef => ({ id, code: id, name: `Dinas ${id}`, abbreviation: id });

let made = 0;
const aWait = (part: Partial<Wait>): Wait => ({
  kind: 'DECISION',
  id: `w${++made}`,
  title: 'Geser anggaran',
  since: '2026-11-20T02:00:00.000Z',
  due: null,
  personId: null,
  opdId: null,
  forWhom: 'Sekda',
  ...part,
});

const aRow = (part: Partial<BoardRow>): BoardRow => ({
  taskId: `t${++made}`,
  code: 'TGS-2026-0001',
  title: 'Drainase sebelum musim hujan',
  status: 'IN_PROGRESS',
  statusSince: '2026-11-20T02:00:00.000Z',
  health: 'GREEN',
  healthReasons: [],
  priority: 'HIGH',
  priorityProgram: null,
  confidentiality: 'PUBLIC',
  dueDate: '2026-12-10',
  originalDueDate: null,
  coordinatingOpd: opd('PUPR'),
  supportingOpds: [{ opd: opd('BPBD'), acceptance: 'ACCEPTED' }],
  teamLead: null,
  steering: null,
  milestonesDone: 1,
  milestonesTotal: 5,
  nextMilestone: null,
  waits: [],
  published: true,
  ...part,
});

const viewer: Viewer = { personId: 'p1', opdId: 'BPBD', headOf: new Set(['DLH']), sekda: false };
const titles = (rows: BoardRow[]) => rows.map((row) => row.title);

describe('what needs doing', () => {
  const needed = (wait: Partial<Wait>) => needsOf([aRow({ waits: [aWait(wait)] })], [], viewer).length === 1;

  it('is what waits for the person', () => {
    expect(needed({ personId: 'p1' })).toBe(true);
    expect(needed({ personId: 'p2' })).toBe(false);
  });

  it('is what waits for a unit the person heads, not for any unit of the person', () => {
    expect(needed({ kind: 'ACCEPTANCE', opdId: 'DLH' })).toBe(true);
    expect(needed({ kind: 'ACCEPTANCE', opdId: 'BPBD' })).toBe(false);
  });

  it('is a milestone of the person’s own unit, but not one of a colleague by name', () => {
    expect(needed({ kind: 'MILESTONE', opdId: 'BPBD' })).toBe(true);
    expect(needed({ kind: 'MILESTONE', opdId: 'PUPR' })).toBe(false);
    expect(needed({ kind: 'MILESTONE', opdId: 'BPBD', personId: 'p2' })).toBe(false);
  });

  it('is assigning and verifying for the steering official, and for the Sekda where there is none', () => {
    const steering = { id: 'p1', name: 'Asisten II', opd: 'Setda' };
    const wait = aWait({ kind: 'VERIFICATION' });
    const sekda = { ...viewer, personId: 'p3', sekda: true };
    expect(needsOf([], [aRow({ steering, waits: [wait] })], viewer)).toHaveLength(1);
    expect(needsOf([], [aRow({ steering, waits: [wait] })], sekda)).toHaveLength(0);
    expect(needsOf([], [aRow({ steering: null, waits: [wait] })], sekda)).toHaveLength(1);
  });

  it('is found on the boards of the position too, but milestones of the unit only in own tasks', () => {
    const decision = aRow({ waits: [aWait({ personId: 'p1' })] });
    const milestone = aRow({ waits: [aWait({ kind: 'MILESTONE', opdId: 'BPBD' })] });
    expect(needsOf([], [decision, milestone], viewer).map(({ row }) => row.taskId)).toEqual([
      decision.taskId,
    ]);
  });

  it('is listed once when several boards show it', () => {
    const row = aRow({ waits: [aWait({ personId: 'p1' })] });
    expect(needsOf([row], [row, row], viewer)).toHaveLength(1);
  });

  it('comes soonest due first, what has no date last and by how long it waits', () => {
    const row = aRow({
      waits: [
        aWait({ personId: 'p1', title: 'later', since: '2026-11-21T02:00:00.000Z' }),
        aWait({ personId: 'p1', title: 'earlier', since: '2026-11-01T02:00:00.000Z' }),
        aWait({ personId: 'p1', title: 'due', due: '2026-11-25' }),
      ],
    });
    expect(needsOf([row], [], viewer).map(({ wait }) => wait.title)).toEqual(['due', 'earlier', 'later']);
  });
});

it('a head of a unit, definitive or acting, is known by the role and its unit', () => {
  const session = {
    person: { id: 'p1' },
    opd: opd('DLH'),
    roles: [{ role: 'KEPALA_OPD', opdId: 'DLH' } as const, { role: 'PPID', opdId: null } as const],
  };
  expect([...viewerOf(session).headOf]).toEqual(['DLH']);
});

describe('a filter', () => {
  it('finds words in any order, without case, accents or apostrophes', () => {
    const row = aRow({ title: "Perbaikan Masjid Ma'ruf" });
    expect(matches(row, { ...NO_FILTER, text: 'maruf perbaikan' }, viewer)).toBe(true);
    expect(matches(row, { ...NO_FILTER, text: 'bpbd' }, viewer)).toBe(true);
    expect(matches(row, { ...NO_FILTER, text: 'jembatan' }, viewer)).toBe(false);
  });

  it('finds a unit whether it coordinates or supports', () => {
    expect(matches(aRow({}), { ...NO_FILTER, opdId: 'BPBD' }, viewer)).toBe(true);
    expect(matches(aRow({}), { ...NO_FILTER, opdId: 'DLH' }, viewer)).toBe(false);
  });

  it('counts as trouble what is blocked or red', () => {
    const inTrouble = { ...NO_FILTER, view: 'trouble' as const };
    expect(matches(aRow({ status: 'BLOCKED', health: 'YELLOW' }), inTrouble, viewer)).toBe(true);
    expect(matches(aRow({ health: 'RED' }), inTrouble, viewer)).toBe(true);
    expect(matches(aRow({ health: 'YELLOW' }), inTrouble, viewer)).toBe(false);
  });

  it('counts as mine only decisions that wait for the reader', () => {
    const mine = { ...NO_FILTER, view: 'mine' as const };
    expect(matches(aRow({ waits: [aWait({ personId: 'p1' })] }), mine, viewer)).toBe(true);
    expect(matches(aRow({ waits: [aWait({ personId: 'p2' })] }), mine, viewer)).toBe(false);
    expect(matches(aRow({ waits: [aWait({ kind: 'MILESTONE', personId: 'p1' })] }), mine, viewer)).toBe(
      false,
    );
  });
});

describe('an order', () => {
  it('by due date puts finished tasks and those without a date last', () => {
    const rows = [
      aRow({ title: 'done', status: 'COMPLETED', dueDate: '2026-01-01' }),
      aRow({ title: 'undated', dueDate: null }),
      aRow({ title: 'soon', dueDate: '2026-11-30' }),
    ];
    expect(titles(rows.sort(TASK_ORDERS.due))).toEqual(['soon', 'undated', 'done']);
  });

  it('by waiting puts the longest wait first', () => {
    const rows = [
      aRow({ title: 'none' }),
      aRow({ title: 'short', waits: [aWait({ since: '2026-11-23T02:00:00.000Z' })] }),
      aRow({ title: 'long', waits: [aWait({ since: '2026-11-01T02:00:00.000Z' })] }),
    ];
    expect(titles(rows.sort(TASK_ORDERS.waiting))).toEqual(['long', 'short', 'none']);
  });

  it('by health puts red first', () => {
    const rows = [
      aRow({ title: 'green' }),
      aRow({ title: 'red', health: 'RED' }),
      aRow({ title: 'yellow', health: 'YELLOW' }),
    ];
    expect(titles(rows.sort(TASK_ORDERS.health))).toEqual(['red', 'yellow', 'green']);
  });
});
