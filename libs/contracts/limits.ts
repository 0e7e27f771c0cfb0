/** Limits that server, client and screens share. Lengths are counted in UTF-16 code units, as class-validator does. */
export const LIMITS = {
  messageBody: 10_000,
  threadTitle: 200,
  conclusion: 500,
  taskTitle: 200,
  taskDescription: 2_000,
  /** What stands at the top of a workspace. */
  summary: 2_000,
  /** Units that support one task. */
  supportingOpds: 30,
  milestoneTitle: 200,
  /** Milestones of one task. */
  milestones: 100,
  /** Days from now within which a task, or a place in its team, has to end. */
  taskDays: 366,
  opdRole: 200,
  letterKind: 100,
  letterNumber: 100,
  /** Persons, units and team that one message calls on. */
  mentions: 20,
  /** Pinned messages of a workspace. */
  pins: 20,
  /** Minutes in which authors may change or take back what they wrote. */
  editMinutes: 15,
  note: 2_000,
  decisionTitle: 200,
  /** Question, recommendation, consequence and basis of a decision request, each. */
  decisionText: 1_000,
  decisionOptions: 4,
  decisionOption: 200,
  /** Seconds in which a decision can be undone by who made it. */
  undoSeconds: 10,
  handoverTitle: 200,
  /** What exactly is to be done. */
  handoverWhat: 2_000,
  publicUpdateBody: 2_000,
  /** Bytes of one Socket.IO frame; `libs/client` refuses more before sending. */
  frameBytes: 64 * 1024,
  /** Missed events up to which a returning client gets events; past it, a reset. */
  catchUpEvents: 2_000,
  page: 50,
  maxPage: 200,
  /** Commands a client keeps in flight per workspace. */
  inFlight: 8,
  workspacesPerSocket: 32,
  /** Tabs and devices of one person on one instance. */
  socketsPerPerson: 12,
  statusChangesInSnapshot: 100,
  threadsInSnapshot: 200,
  publicUpdatesInSnapshot: 100,
  /** Sentences of one task that wait for the PPID. */
  publicUpdatesPending: 20,
  /** Versions count one by one, removed ones too. */
  filesInSnapshot: 200,
  /** Pieces of work between units that changed last. */
  handoversInSnapshot: 100,
  fileName: 200,
  /** Uploads of one person to one workspace at the same time. */
  uploadsAtOnce: 10,
  /** Events the server keeps per live stream to answer a short gap without the database. */
  ring: 256,
} as const;

export const OUTBOX_ASK_AFTER_MS = 7 * 24 * 60 * 60 * 1000;
