import type { ActorView, MessageView, WorkspaceRights, WorkspaceState } from '#libs/contracts';
import type { Clock } from './clock.js';

/** Time that passes when a test says so. */
export class FakeClock implements Clock {
  private time = Date.parse('2026-11-24T02:00:00.000Z');
  private timers: { at: number; wake: () => void }[] = [];

  now(): number {
    return this.time;
  }

  after(ms: number, wake: () => void): () => void {
    const timer = { at: this.time + ms, wake };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  get waiting(): number {
    return this.timers.length;
  }

  advance(ms: number): void {
    const until = this.time + ms;
    for (;;) {
      const next = this.timers.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.timers = this.timers.filter((timer) => timer !== next);
      this.time = Math.max(this.time, next.at);
      next.wake();
    }
    this.time = until;
  }
}

/** Lets promises that are settled already go on. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

export function person(id: string): ActorView {
  return { id, name: `Person ${id}`, opd: 'PUPR' };
}

export const THREAD = 'thread-1';

export const FULL_RIGHTS: WorkspaceRights = {
  readMessages: true,
  post: true,
  openThread: true,
  draftPublicUpdate: true,
  milestones: 'all',
  transitions: [],
};

const OPD = { id: 'opd-1', code: '1.03', name: 'Dinas Pekerjaan Umum', abbreviation: 'PUPR' };
const AT = '2026-11-24T01:00:00.000Z';

/** An empty workspace with one thread, one milestone, and nothing said. */
export function aState(change: Partial<WorkspaceState> = {}): WorkspaceState {
  return {
    seq: 0,
    task: {
      id: 'workspace-1',
      code: 'T-1',
      title: 'Perbaikan drainase',
      description: '',
      category: 'INFRASTRUKTUR',
      priority: 'HIGH',
      priorityProgram: null,
      confidentiality: 'LIMITED',
      status: 'IN_PROGRESS',
      statusSince: AT,
      coordinatingOpd: OPD,
      steering: null,
      teamLead: null,
      locations: [],
      externalPartners: [],
      assignmentLetter: null,
      startDate: null,
      dueDate: null,
      originalDueDate: null,
      published: false,
    },
    opds: [],
    members: [],
    milestones: [
      {
        id: 'milestone-1',
        title: 'Survei',
        position: 1,
        opd: OPD,
        dueDate: null,
        status: 'NOT_STARTED',
        completedOn: null,
        note: null,
        public: false,
      },
    ],
    decisions: [],
    statusChanges: [],
    threads: [aThread(THREAD)],
    windows: { [THREAD]: { messages: [] } },
    publicUpdates: [],
    ...change,
  };
}

export function aThread(id: string, messageCount = 0): WorkspaceState['threads'][number] {
  return {
    id,
    title: id,
    about: { kind: 'GENERAL', id: null },
    createdBy: person('somebody'),
    createdAt: AT,
    messageCount,
    lastMessageAt: null,
  };
}

export function aMessage(change: Partial<MessageView> & { no: number }): MessageView {
  return {
    id: `message-${change.no}`,
    threadId: THREAD,
    author: person('somebody'),
    kind: 'MESSAGE',
    body: `message ${change.no}`,
    replyTo: null,
    attachments: [],
    postedAt: AT,
    commandId: `command-${change.no}`,
    ...change,
  };
}
