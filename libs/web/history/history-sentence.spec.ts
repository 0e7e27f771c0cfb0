import {
  WORKSPACE_EVENT_TYPES,
  type ActorView,
  type MessageView,
  type TaskView,
  type WorkspaceEvent,
  type WorkspaceEventMap,
  type WorkspaceEventType,
} from '#libs/contracts';
import { loadWords } from '#libs/content';
import { historyLine, type HistoryNames } from './history-sentence.js';

const words = await loadWords('id');
const dedi: ActorView = { id: 'dedi', name: 'Dedi Kurniawan', opd: 'PUPR' };
const sari: ActorView = { id: 'sari', name: 'Sari Wulandari', opd: 'BPBD' };
const bpbd = { id: 'bpbd', code: 'BPBD', name: 'Badan Penanggulangan Bencana', abbreviation: 'BPBD' };
const at = '2026-11-24T02:00:00.000Z';

const task: TaskView = {
  id: 'w',
  code: 'TGS-2026-0001',
  title: 'Normalisasi drainase',
  description: '',
  category: 'Infrastruktur',
  priority: 'HIGH',
  priorityProgram: null,
  confidentiality: 'LIMITED',
  status: 'IN_PROGRESS',
  statusSince: at,
  coordinatingOpd: bpbd,
  steering: null,
  teamLead: null,
  locations: [],
  externalPartners: [],
  assignmentLetter: null,
  startDate: null,
  dueDate: null,
  originalDueDate: null,
  published: true,
};
const milestone = {
  id: 'm',
  title: 'Peta titik',
  position: 1,
  opd: bpbd,
  dueDate: null,
  status: 'DONE' as const,
  completedOn: '2026-11-24',
  note: 'Peta disepakati',
  public: false,
  after: null,
};
const decision = {
  id: 'd',
  title: 'Geser anggaran',
  question: 'Bolehkah?',
  options: ['Ya', 'Tidak'],
  recommendation: null,
  consequence: null,
  post: null,
  outcome: 'APPROVED' as const,
  chosenOption: null,
  note: null,
  decidedBy: sari,
  decidedAs: null,
  onBehalfOf: null,
  effectiveAt: at,
  effective: true,
  forwards: 0,
  clarification: null,
  supersedes: null,
  supersededBy: null,
  decider: sari,
  requestedBy: dedi,
  requestedAt: at,
  dueDate: '2026-11-27',
  firstDueDate: '2026-11-24',
  clock: null,
  status: 'APPROVED' as const,
  decision: 'Ya',
  decidedAt: at,
  basis: null,
};
const update = {
  id: 'u',
  taskId: 'w',
  body: 'Dua saluran selesai.',
  status: 'RETURNED' as const,
  draftedBy: dedi,
  draftedAt: at,
  reviewedBy: sari,
  reviewedAt: at,
  reason: 'Sebutkan tanggalnya',
};

const message: MessageView = {
  id: 'x',
  threadId: 't',
  no: 1,
  author: dedi,
  kind: 'MESSAGE',
  body: 'Baik',
  mentions: [],
  replyTo: null,
  attachments: [],
  postedAt: at,
  commandId: 'c',
  edits: 0,
  editedAt: null,
  deleted: null,
  reactions: [],
  pinned: null,
};

/** One of each: a type without its case does not compile. */
const samples: { [T in WorkspaceEventType]: WorkspaceEventMap[T] } = {
  'task.created': { task, opds: [] },
  'task.updated': { task },
  'task.status-changed': {
    change: { id: 's', from: 'IN_PROGRESS', to: 'BLOCKED', at, by: dedi, note: 'Pipa bocor' },
  },
  'summary.written': { summary: { version: 2, body: 'Dua pompa **terpasang**.', by: dedi, at } },
  'opd.acceptance-changed': {
    opd: {
      opd: bpbd,
      role: 'Posko',
      coordinating: false,
      acceptance: 'DECLINED',
      answeredAt: at,
      reason: 'Siaga',
    },
  },
  'member.added': {
    member: { person: sari, opdId: 'bpbd', teamRole: 'ANGGOTA', mode: 'APPOINTED', until: null },
  },
  'member.removed': { personId: 'sari', reason: 'Mutasi' },
  'milestone.added': { milestone },
  'milestone.changed': { milestone, from: 'IN_PROGRESS', note: null, shown: null },
  'milestone.planned': {
    milestone,
    was: { title: milestone.title, opd: milestone.opd, dueDate: '2026-12-20', after: null },
  },
  'milestones.ordered': { order: [milestone.id] },
  'thread.resolved': {
    threadId: 't',
    resolved: { at, by: dedi, conclusion: 'Alat datang Senin.' },
  },
  'thread.reopened': { threadId: 't' },
  'thread.opened': {
    thread: {
      id: 't',
      title: 'Alat berat',
      about: { kind: 'GENERAL', id: null },
      createdBy: dedi,
      createdAt: at,
      messageCount: 0,
      lastMessageAt: null,
      resolved: null,
      pins: [],
    },
  },
  'message.posted': { message },
  'message.edited': { message },
  'message.deleted': { message },
  'message.reacted': { threadId: 't', messageId: 'x', no: 1, code: 'AGREE', personId: 'sari', on: true },
  'message.pinned': { threadId: 't', messageId: 'x', no: 1, pinned: { at, by: dedi } },
  'file.added': {
    file: {
      id: 'f',
      name: 'notulen.pdf',
      kind: 'PDF',
      mediaType: 'application/pdf',
      size: 1_234,
      version: 1,
      replaces: null,
      addedBy: dedi,
      addedAt: at,
      removed: null,
    },
  },
  'file.removed': { fileId: 'f', name: 'notulen.pdf', by: dedi, reason: 'BY_PERSON' },
  withheld: {},
  'handover.moved': {
    handover: {
      ...{ id: 'h', title: 'Angkut sedimen', what: '12 saluran', dueDate: '2026-12-01', status: 'OFFERED' },
      ...{
        giver: bpbd,
        receiver: bpbd,
        holder: bpbd,
        heldSince: at,
        returns: 0,
        openedBy: sari,
        openedAt: at,
      },
      last: { no: 1, step: 'OFFERED', opd: bpbd, by: sari, at, note: null },
    },
  },
  'decision.requested': { decision },
  'decision.made': { decision },
  'decision.undone': { decision },
  'decision.effective': { decision, superseded: null },
  'decision.clarified': { decision },
  'decision.withdrawn': { decision },
  'decision.reminded': { decision },
  'decision.extended': { decision, from: '2026-11-24', reason: 'Menunggu rapat' },
  'public-update.drafted': { update },
  'public-update.reviewed': { update },
};

const names: HistoryNames = {
  day: (day) => day ?? 'tanpa tenggat',
  status: words.status,
  person: (personId) => (personId === 'sari' ? sari.name : null),
  thread: () => 'Alat berat',
};

function event(type: WorkspaceEventType): WorkspaceEvent {
  return {
    streamId: 'w',
    seq: 1,
    type,
    at,
    actor: dedi,
    commandId: 'c',
    data: samples[type],
  } as WorkspaceEvent;
}

describe('the history in sentences', () => {
  const unknown = words.workspace.history.sentences.unknown(dedi.name);

  it.each([...WORKSPACE_EVENT_TYPES])('has one for %s', (type) => {
    const { sentence } = historyLine(event(type), words.workspace, names);
    expect(sentence).not.toBe(unknown);
    expect(sentence).toMatch(/[.”]$/);
    expect(sentence).not.toMatch(/undefined|null|\[object/);
  });

  it('says no two events with the same words', () => {
    const sentences = WORKSPACE_EVENT_TYPES.map(
      (type) => historyLine(event(type), words.workspace, names).sentence,
    );
    expect(new Set(sentences).size).toBe(WORKSPACE_EVENT_TYPES.length);
  });

  it('carries reasons and notes along', () => {
    const quote = (type: WorkspaceEventType) => historyLine(event(type), words.workspace, names).quote;
    expect(quote('task.status-changed')).toBe('Catatan: Pipa bocor');
    expect(quote('opd.acceptance-changed')).toBe('Alasan: Siaga');
    expect(quote('public-update.reviewed')).toBe('Alasan: Sebutkan tanggalnya');
    expect(quote('summary.written')).toBe('Dua pompa **terpasang**.');
    expect(quote('thread.resolved')).toBe('Alat datang Senin.');
    expect(quote('task.updated')).toBeNull();
  });

  it('tells a new version from a new file, and what a scanner found from what a person removed', () => {
    const sentence = <T extends 'file.added' | 'file.removed'>(type: T, data: WorkspaceEventMap[T]) =>
      historyLine({ ...event(type), data } as WorkspaceEvent, words.workspace, names).sentence;
    const { file } = samples['file.added'];
    expect(sentence('file.added', { file: { ...file, version: 2, replaces: 'e' } })).toMatch(
      /versi 2 berkas/,
    );
    expect(sentence('file.removed', { ...samples['file.removed'], reason: 'INFECTED' })).toMatch(/virus/);
  });

  it.each([
    [{ from: 'DONE' as const, note: 'Peta disepakati' }, /memperbarui tahap/, 'Catatan: Peta disepakati'],
    [{}, /dari Dikerjakan menjadi Selesai\.$/, null],
    [{ shown: true }, /menjadi Selesai\. .*menampilkan tahap “Peta titik” untuk warga\.$/, null],
    [
      { from: 'DONE' as const, shown: false },
      /tidak lagi menampilkan tahap “Peta titik” untuk warga\.$/,
      null,
    ],
  ])(
    'says of a milestone what this change did, and no note of an earlier one: %j',
    (change, sentence, quote) => {
      const changed = event('milestone.changed');
      Object.assign(changed, { data: { ...samples['milestone.changed'], ...change } });
      expect(historyLine(changed, words.workspace, names)).toEqual({
        sentence: expect.stringMatching(sentence) as string,
        quote,
      });
    },
  );

  it('still names the actor of an event this page does not know', () => {
    const strange = { ...event('task.updated'), type: 'task.split' } as unknown as WorkspaceEvent;
    expect(historyLine(strange, words.workspace, names).sentence).toBe(unknown);
  });
});
