import type { ClientEvents, ServerEvents, SignIn, WireError, WorkspaceEvent } from '#libs/contracts';
import type { MessageView, WorkspaceSnapshot } from '#libs/contracts';

type Asked<E extends keyof ClientEvents> = Parameters<ClientEvents[E]>[0];
type Answered<E extends keyof ClientEvents> =
  Parameters<ClientEvents[E]> extends [unknown, (answer: infer A) => void] ? A : never;

/** One line of a conversation. `message` names its description in the document. */
export interface Line {
  from: 'client' | 'server' | 'note';
  /** As it goes over the WebSocket, or the words of a note. */
  text: string;
  message?: string;
  data?: unknown;
}

const note = (text: string): Line => ({ from: 'note', text });

function ask<E extends keyof ClientEvents>(id: number, event: E, data: Asked<E>): Line {
  return { from: 'client', text: `42${id}${JSON.stringify([event, data])}`, message: event, data };
}

function answer<E extends keyof ClientEvents>(id: number, event: E, data: Answered<E>): Line {
  return { from: 'server', text: `43${id}${JSON.stringify([data])}`, message: `${event}.answer`, data };
}

function tell<E extends keyof ServerEvents>(event: E, data: Parameters<ServerEvents[E]>[0]): Line {
  return { from: 'server', text: `42${JSON.stringify([event, data])}`, message: `server.${event}`, data };
}

export const SIGN_IN: SignIn = { login: 'yudi.simanjuntak@jambikota.example', password: 'kata sandi' };

export const HANDSHAKE_REFUSED: { message: string; data: WireError } = {
  message: 'unauthenticated',
  data: { code: 'unauthenticated', details: {} },
};

const WORKSPACE = '3a1f6a52-6b0c-4f6e-9f4b-0d2c5b7e8a10';
const THREAD = '5c0d1b7e-2f64-4d0a-8f21-7e9a4c3b2d11';
const EPOCH = '8e4b7c1a-93d5-4a3b-b2aa-6f0e1d2c3b4a';
const ONE = 'b1d7f0de-8a37-4d0c-9a61-0c5a4f6e7d01';
const TWO = 'b1d7f0de-8a37-4d0c-9a61-0c5a4f6e7d02';
const IRWAN = { id: '0f9e8d7c-6b5a-4c3d-8e1f-2a3b4c5d6e7f', name: 'Irwan Nasution, S.T.', opd: 'Dinas PUPR' };
const YUDI = { id: '1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d', name: 'Yudi Simanjuntak, S.Sos.', opd: 'BPBD' };
const PUPR = {
  id: '7d6c5b4a-3f2e-4d1c-9b8a-0f1e2d3c4b5a',
  code: '1.03',
  name: 'Dinas Pekerjaan Umum dan Penataan Ruang',
  abbreviation: 'Dinas PUPR',
};
const RIGHTS = {
  readMessages: true,
  post: true,
  openThread: true,
  moderate: false,
  mentionTeam: false,
  draftPublicUpdate: false,
  milestones: 'none' as const,
  files: 'none' as const,
  transitions: [],
  writeSummary: false,
  askOpds: false,
  answerOpds: [],
  appoint: [],
  readDecisions: true,
  askDecisions: true,
  decideAs: [],
  handOver: [PUPR.id],
};

function message(no: number, author: MessageView['author'], commandId: string, body: string): MessageView {
  return {
    id: `9b8a7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c0${no}`,
    threadId: THREAD,
    no,
    author,
    kind: 'MESSAGE',
    body,
    mentions: [],
    replyTo: null,
    attachments: [],
    postedAt: `2026-11-24T02:00:0${no}.000Z`,
    commandId,
    edits: 0,
    editedAt: null,
    deleted: null,
    reactions: [],
    pinned: null,
  };
}

const FIRST = message(1, IRWAN, 'c2e8a1ef-9b48-4e1d-8b72-1d6b5a7f8e03', 'Pompa sudah di lokasi.');
const MINE = message(2, YUDI, ONE, 'Tim BPBD berangkat.');
const MINE_TOO = message(3, YUDI, TWO, 'Tiba 15 menit lagi.');

const posted = (seq: number, view: MessageView): WorkspaceEvent => ({
  streamId: WORKSPACE,
  seq,
  type: 'message.posted',
  at: view.postedAt,
  actor: view.author,
  commandId: view.commandId,
  data: { message: view },
});

const SNAPSHOT: WorkspaceSnapshot = {
  epoch: EPOCH,
  rights: RIGHTS,
  state: {
    seq: 41,
    task: {
      id: WORKSPACE,
      code: 'TGS-2026-0001',
      title: 'Normalisasi drainase musim hujan',
      description: '',
      category: 'Infrastruktur',
      priority: 'HIGH',
      priorityProgram: null,
      confidentiality: 'PUBLIC',
      status: 'IN_PROGRESS',
      statusSince: '2026-11-20T01:00:00.000Z',
      coordinatingOpd: PUPR,
      steering: null,
      teamLead: IRWAN,
      locations: ['Kelurahan Sungai Putri'],
      externalPartners: [],
      assignmentLetter: null,
      startDate: '2026-11-20',
      dueDate: '2026-12-18',
      originalDueDate: '2026-12-18',
      published: true,
    },
    summary: null,
    opds: [],
    members: [{ person: IRWAN, opdId: PUPR.id, teamRole: 'KETUA_TIM', mode: 'APPOINTED', until: null }],
    milestones: [],
    decisions: [],
    handovers: [],
    statusChanges: [],
    threads: [
      {
        id: THREAD,
        title: 'Umum',
        about: { kind: 'GENERAL', id: null },
        createdBy: IRWAN,
        createdAt: '2026-11-20T01:00:00.000Z',
        messageCount: 1,
        lastMessageAt: FIRST.postedAt,
        resolved: null,
        pins: [],
      },
    ],
    windows: { [THREAD]: { messages: [FIRST] } },
    publicUpdates: [],
    files: [],
  },
};

const postOne = { workspaceId: WORKSPACE, commandId: ONE, threadId: THREAD, body: MINE.body };
const postTwo = { workspaceId: WORKSPACE, commandId: TWO, threadId: THREAD, body: MINE_TOO.body };
const done = (view: MessageView, seq: number, dup: boolean) => ({
  ok: true as const,
  commandId: view.commandId,
  streamId: WORKSPACE,
  seq,
  at: view.postedAt,
  dup,
});

/** One official from the first connection over a cut to the same history as everybody. */
export const SESSION: readonly Line[] = [
  note('The WebSocket is open. Engine.IO says hello; the client asks for the default namespace.'),
  {
    from: 'server',
    text: '0{"sid":"Yb1…","upgrades":[],"pingInterval":15000,"pingTimeout":15000,"maxPayload":66560}',
  },
  { from: 'client', text: '40' },
  { from: 'server', text: '40{"sid":"8aX…"}' },
  note('First join: no cursor, so the answer is a snapshot. The cursor is now 41.'),
  ask(0, 'workspace.join', { workspaceId: WORKSPACE }),
  answer(0, 'workspace.join', {
    ok: true,
    kind: 'reset',
    epoch: EPOCH,
    head: 41,
    rights: RIGHTS,
    snapshot: SNAPSHOT,
  }),
  tell('presence.changed', { workspaceId: WORKSPACE, people: [IRWAN.id, YUDI.id] }),
  note('Two messages, the second naming the first, which is not answered yet.'),
  ask(1, 'message.post', postOne),
  ask(2, 'message.post', { ...postTwo, after: ONE }),
  note('The first arrives in the history (the cursor is 42) and is acknowledged.'),
  tell('workspace.events', { streamId: WORKSPACE, epoch: EPOCH, events: [posted(42, MINE)] }),
  answer(1, 'message.post', done(MINE, 42, false)),
  note('Cut. Whether the second was carried out is unknown: it is kept under its id.'),
  note('New connection, perhaps to another instance. First the join, with the cursor.'),
  { from: 'client', text: '40' },
  { from: 'server', text: '40{"sid":"Qz7…"}' },
  ask(0, 'workspace.join', { workspaceId: WORKSPACE, since: { epoch: EPOCH, seq: 42 } }),
  answer(0, 'workspace.join', {
    ok: true,
    kind: 'events',
    epoch: EPOCH,
    head: 43,
    rights: RIGHTS,
    events: [posted(43, MINE_TOO)],
  }),
  note(
    'The second was carried out: its event shows it, and the client may forget it. A client that sends it once more gets the first answer.',
  ),
  ask(1, 'message.post', postTwo),
  answer(1, 'message.post', done(MINE_TOO, 43, true)),
  note('An id with other content is refused, for ever.'),
  ask(2, 'message.post', { ...postTwo, body: 'Sudah tiba.' }),
  answer(2, 'message.post', { ok: false, retry: false, error: { code: 'command.reused', details: {} } }),
  note('Nothing happens any more; the beacon confirms it. The instance is about to stop and says so.'),
  tell('workspace.head', { workspaceId: WORKSPACE, epoch: EPOCH, seq: 43 }),
  tell('go_away', { delayMs: 740 }),
];
