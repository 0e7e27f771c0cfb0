import type {
  ActorView,
  JoinAnswer,
  MessageView,
  WorkspaceEvent,
  WorkspaceRights,
  WorkspaceState,
} from '#libs/contracts';
import type { Clock } from './clock.js';
import type {
  AnswerOf,
  Incoming,
  RequestName,
  RequestOf,
  Transport,
  TransportListener,
} from './wire/transport.js';

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
  moderate: true,
  mentionTeam: true,
  draftPublicUpdate: true,
  milestones: 'all',
  files: 'all',
  transitions: [],
  readDecisions: true,
  askDecisions: true,
  decideAs: [],
  handOver: [],
  writeSummary: false,
  askOpds: false,
  answerOpds: [],
  appoint: [],
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
    summary: null,
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
        after: null,
      },
    ],
    decisions: [],
    handovers: [],
    statusChanges: [],
    threads: [aThread(THREAD)],
    windows: { [THREAD]: { messages: [] } },
    publicUpdates: [],
    files: [],
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
    resolved: null,
    pins: [],
  };
}

export function aMessage(change: Partial<MessageView> & { no: number }): MessageView {
  return {
    id: `message-${change.no}`,
    threadId: THREAD,
    author: person('somebody'),
    kind: 'MESSAGE',
    body: `message ${change.no}`,
    mentions: [],
    replyTo: null,
    attachments: [],
    postedAt: AT,
    commandId: `command-${change.no}`,
    edits: 0,
    editedAt: null,
    deleted: null,
    reactions: [],
    pinned: null,
    ...change,
  };
}

interface Asked {
  event: RequestName;
  data: Record<string, unknown>;
  answer: (answer: unknown) => void;
}

/** A connection that does what the test says, and remembers what was asked on it. */
export class ScriptedTransport implements Transport {
  asked: Asked[] = [];
  hints: string[] = [];
  renewals: number[] = [];
  closed = false;
  private listener: TransportListener | null = null;
  private connection = 0;

  open(listener: TransportListener): void {
    this.listener = listener;
    this.closed = false;
  }

  close(): void {
    this.closed = true;
  }

  renew(delayMs: number): void {
    this.renewals.push(delayMs);
  }

  hint(_event: 'typing', { threadId }: { threadId: string }): void {
    this.hints.push(threadId);
  }

  send<E extends RequestName>(event: E, data: RequestOf<E>, answer: (answer: AnswerOf<E>) => void): void {
    const { connection } = this;
    this.asked.push({
      event,
      data: data as unknown as Record<string, unknown>,
      answer: (result) => {
        if (connection === this.connection) answer(result as AnswerOf<E>);
      },
    });
  }

  up(): void {
    this.listener?.up();
  }

  down(): void {
    this.connection++;
    this.listener?.down();
  }

  signedOut(): void {
    this.connection++;
    this.listener?.signedOut();
  }

  receive(incoming: Incoming): void {
    this.listener?.receive(incoming);
  }

  of(event: RequestName): Asked[] {
    return this.asked.filter((one) => one.event === event);
  }

  last(event: RequestName): Asked {
    const asked = this.of(event).at(-1);
    if (!asked)
      throw new Error(`nobody asked ${event}; asked: ${this.asked.map((one) => one.event).join(', ')}`);
    return asked;
  }
}

/** The answer of a join with everything. */
export function aReset(state: WorkspaceState, epoch = 'epoch-1'): JoinAnswer {
  const snapshot = { epoch, state, rights: FULL_RIGHTS };
  return { ok: true, kind: 'reset', epoch, head: state.seq, rights: FULL_RIGHTS, snapshot };
}

/** A message as it arrives in a workspace's stream. */
export function aPosted(seq: number, change: Partial<MessageView> & { no: number }): WorkspaceEvent {
  const message = aMessage(change);
  return {
    streamId: 'workspace-1',
    seq,
    type: 'message.posted',
    at: AT,
    actor: message.author,
    commandId: message.commandId,
    data: { message },
  };
}
