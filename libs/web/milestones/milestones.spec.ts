import type { MilestoneView, WorkspaceRights } from '#libs/contracts';
import { daysLate, mayChange } from './milestones.js';

describe('milestones', () => {
  const milestone: MilestoneView = {
    id: 'm',
    title: 'Peta titik genangan',
    position: 1,
    opd: { id: 'pupr', code: 'PUPR', name: 'Dinas PUPR', abbreviation: 'PUPR' },
    dueDate: '2026-11-20',
    status: 'IN_PROGRESS',
    completedOn: null,
    note: null,
    public: false,
    after: null,
  };
  const rights = (milestones: WorkspaceRights['milestones']): WorkspaceRights => ({
    readMessages: true,
    post: true,
    openThread: true,
    moderate: false,
    mentionTeam: false,
    draftPublicUpdate: false,
    milestones,
    files: 'none',
    transitions: [],
    readDecisions: true,
    handOver: [],
    askDecisions: false,
    decideAs: [],
    writeSummary: false,
    askOpds: false,
    answerOpds: [],
    appoint: [],
  });

  it('are late after their due day until they are done or stopped', () => {
    expect(daysLate(milestone, '2026-11-20')).toBe(0);
    expect(daysLate(milestone, '2026-11-24')).toBe(4);
    expect(daysLate({ ...milestone, status: 'DONE' }, '2026-11-24')).toBe(0);
    expect(daysLate({ ...milestone, dueDate: null }, '2026-11-24')).toBe(0);
  });

  it('are changed by those whose right covers the unit', () => {
    expect(mayChange(rights('none'), milestone)).toBe(false);
    expect(mayChange(rights({ opdIds: ['bpbd'] }), milestone)).toBe(false);
    expect(mayChange(rights({ opdIds: ['pupr'] }), milestone)).toBe(true);
    expect(mayChange(rights('all'), { ...milestone, status: 'VERIFIED' })).toBe(false);
  });
});
