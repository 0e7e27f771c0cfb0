import { readFileSync } from 'node:fs';
import type { Health } from './board.js';
import { dayOf, FIVE_DAY_WEEK, type WorkCalendar } from './calendar.js';
import type { DecisionStatus } from './decisions.js';
import { HEALTH_RULE, healthOf, progressOf, type HealthFacts } from './health.js';
import type { Acceptance, MilestoneStatus, TaskStatus } from './tasks.js';

interface SampleTask {
  code: string;
  status: TaskStatus;
  health: Health;
  progress_percent: number;
  due_date: string;
  status_history: { at: string }[];
  milestones: { title: string; due_date: string; status: MilestoneStatus }[];
  decisions: { title: string; due_date: string; status: DecisionStatus }[];
  supporting_opds: { opd_code: string; acceptance: Acceptance }[];
}

const data = new URL('../../src/demo/data/', import.meta.url);
const sample = JSON.parse(readFileSync(new URL('tasks-sample.json', data), 'utf8')) as {
  meta: { reference_time: string };
  tasks: SampleTask[];
};
const calendar: WorkCalendar = {
  workingWeekdays: [...FIVE_DAY_WEEK],
  holidays: new Set(
    readFileSync(new URL('holidays-2026.csv', data), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.slice(0, 10)),
  ),
};
const today = dayOf(sample.meta.reference_time);

const factsOf = (task: SampleTask): HealthFacts => ({
  status: task.status,
  statusSince: task.status_history.at(-1)?.at ?? '',
  dueDate: task.due_date,
  milestones: task.milestones.map((m) => ({ ...m, dueDate: m.due_date })),
  decisions: task.decisions.map((d) => ({ ...d, dueDate: d.due_date })),
  opds: task.supporting_opds.map((s) => ({ opd: { abbreviation: s.opd_code }, acceptance: s.acceptance })),
});

const calm: HealthFacts = {
  status: 'IN_PROGRESS',
  statusSince: '2026-11-02T02:00:00Z',
  dueDate: '2027-01-29',
  milestones: [{ title: 'Peta', dueDate: '2026-12-18', status: 'IN_PROGRESS' }],
  decisions: [],
  opds: [],
};
const on = (facts: Partial<HealthFacts>, day = today) => healthOf({ ...calm, ...facts }, day, calendar);
const milestone = (dueDate: string | null, status: MilestoneStatus = 'IN_PROGRESS') => ({
  milestones: [{ title: 'Peta', dueDate, status }],
});

describe('the traffic light', () => {
  test.each(sample.tasks.map((task) => [task.code, task.health, task] as const))(
    'shows %s as %s',
    (_, health, task) => {
      expect(healthOf(factsOf(task), today, calendar).health).toBe(health);
    },
  );

  test('covers the twelve sample tasks', () => {
    expect(sample.tasks).toHaveLength(12);
  });

  test('says why, red reasons first', () => {
    const task = sample.tasks.find(({ code }) => code === 'TGS-2026-0003');
    expect(task && healthOf(factsOf(task), today, calendar).reasons.map(({ kind }) => kind)).toEqual([
      'milestone-late',
      'decision-late',
      'blocked',
    ]);
    const waiting = sample.tasks.find(({ code }) => code === 'TGS-2026-0009');
    expect(waiting && healthOf(factsOf(waiting), today, calendar).reasons).toEqual([
      { kind: 'decision-soon', title: 'Komoditas bersubsidi' },
      { kind: 'acceptance-late', opd: 'DPKP' },
      { kind: 'acceptance-late', opd: 'DISHUB' },
    ]);
  });

  test('a calm task is green without reasons', () => {
    expect(on({})).toEqual({ health: 'GREEN', reasons: [] });
  });

  test('a task is on time on its due day and late the morning after', () => {
    const done = { milestones: [{ title: 'Peta', dueDate: null, status: 'DONE' as const }] };
    expect(on({ ...done, dueDate: '2026-11-24' }).health).toBe('GREEN');
    expect(on({ ...done, dueDate: '2026-11-23' })).toEqual({
      health: 'RED',
      reasons: [{ kind: 'overdue', days: 1 }],
    });
  });

  test('a milestone is yellow for five working days and red on the sixth', () => {
    expect(on(milestone('2026-11-24')).health).toBe('GREEN');
    expect(on(milestone('2026-11-17')).health).toBe('YELLOW');
    expect(on(milestone('2026-11-16')).health).toBe('RED');
    expect(on(milestone('2026-11-20'), '2026-11-21').reasons).toEqual([
      { kind: 'milestone-late', title: 'Peta', days: 0 },
    ]);
  });

  test.each(['DONE', 'VERIFIED', 'STOPPED'] as const)('a %s milestone is never late', (status) => {
    expect(on(milestone('2026-01-05', status)).health).toBe('GREEN');
  });

  test('a returned or reopened milestone can be late', () => {
    expect(on(milestone('2026-11-20', 'RETURNED')).health).toBe('YELLOW');
    expect(on(milestone('2026-11-20', 'REOPENED')).health).toBe('YELLOW');
  });

  test('blocked is yellow for three working days, then red', () => {
    expect(on({ status: 'BLOCKED', statusSince: '2026-11-19T03:00:00Z' }).health).toBe('YELLOW');
    expect(on({ status: 'BLOCKED', statusSince: '2026-11-18T03:00:00Z' }).health).toBe('RED');
  });

  test('a pending decision warns two working days before its date and is red after it', () => {
    const decision = (dueDate: string | null, status: DecisionStatus = 'PENDING') =>
      on({ decisions: [{ title: 'Armada', dueDate, status }] }).health;
    expect(decision('2026-11-27')).toBe('GREEN');
    expect(decision('2026-11-26')).toBe('YELLOW');
    expect(decision('2026-11-24')).toBe('YELLOW');
    expect(decision('2026-11-23')).toBe('RED');
    expect(decision('2026-11-23', 'APPROVED')).toBe('GREEN');
    expect(decision(null)).toBe('GREEN');
  });

  test('a unit has two working days to answer an assignment', () => {
    const opds = [{ opd: { abbreviation: 'DLH' }, acceptance: 'PENDING' as const }];
    expect(on({ status: 'ASSIGNED', statusSince: '2026-11-23T02:00:00Z', opds }).health).toBe('GREEN');
    expect(on({ status: 'ASSIGNED', statusSince: '2026-11-20T02:00:00Z', opds }).health).toBe('YELLOW');
  });

  test('a due date that is near is yellow until most is done', () => {
    expect(on({ dueDate: '2026-12-03' }).reasons).toEqual([{ kind: 'due-soon', days: 7, progress: 50 }]);
    expect(on({ dueDate: '2026-12-04' }).health).toBe('GREEN');
    expect(on({ dueDate: '2026-12-03', ...milestone(null, 'DONE') }).health).toBe('GREEN');
  });

  test.each(['DRAFT', 'PROPOSED', 'ON_HOLD', 'CANCELLED'] as const)('%s is grey, however late', (status) => {
    expect(on({ status, dueDate: '2026-01-02' })).toEqual({ health: 'GREY', reasons: [] });
  });

  test.each(['COMPLETED', 'ARCHIVED'] as const)('%s is green, however late', (status) => {
    expect(on({ status, dueDate: '2026-01-02' })).toEqual({ health: 'GREEN', reasons: [] });
  });

  test('a task without dates and milestones is green', () => {
    expect(on({ dueDate: null, milestones: [] }).health).toBe('GREEN');
  });
});

describe('progress', () => {
  test('counts done whole, begun half, stopped not at all', () => {
    const of = (...statuses: MilestoneStatus[]) => progressOf(statuses.map((status) => ({ status })));
    expect(of()).toBe(0);
    expect(of('STOPPED')).toBe(0);
    expect(of('DONE', 'STOPPED')).toBe(100);
    expect(of('VERIFIED', 'PARTLY_DONE', 'NOT_STARTED')).toBe(50);
  });

  // Counting only finished milestones gives 75 here: due within four working days, the task would turn yellow.
  test('puts the task in verification past the safe share, as its typed figure does', () => {
    const task = sample.tasks.find(({ code }) => code === 'TGS-2026-0007');
    expect(task?.progress_percent).toBe(96);
    expect(task && progressOf(task.milestones)).toBe(88);
    expect(HEALTH_RULE.progressSafe).toBe(80);
  });
});
