import {
  TASK_STATUSES,
  STATUS_RULES,
  type ErrorCode,
  type ErrorDetails,
  type FieldProblem,
  type HealthReason,
} from '#libs/contracts';
import { errorWords, fieldErrors, fieldWords, id, loadWords, type Language, type Words } from './index.js';

/** One example of each refusal; a new code fails to compile until it is here. */
const REFUSALS: { [C in ErrorCode]: ErrorDetails[C] } = {
  validation: { fields: [{ field: 'note', rule: 'blank' }] },
  unauthenticated: {},
  forbidden: { action: 'task.change-status', who: ['Ketua Tim', 'Sekretaris Daerah'] },
  'not-found': {},
  'origin-refused': {},
  'rate-limited': { retryAfterMs: 2_400 },
  'frame-too-large': { limit: 65_536 },
  'unknown-event': { event: 'task.fly' },
  unavailable: {},
  internal: { reference: 'a1b2' },
  'command.reused': {},
  'command.out-of-order': { after: '6f9619ff-8b86-4011-b42d-00c04fc964ff' },
  'sign-in.failed': { left: 4 },
  'sign-in.throttled': { retryAfterSeconds: 300 },
  'task.read-only': { status: 'COMPLETED' },
  'task.transition-not-allowed': { from: 'DRAFT', to: 'COMPLETED', allowed: ['PROPOSED'] },
  'task.reason-required': { to: 'BLOCKED' },
  'task.public-sentence-required': { to: 'ON_HOLD' },
  'task.opd-pending': { opds: ['BPBD', 'DLH'] },
  'summary.conflict': { version: 2, body: 'Dua pompa terpasang.', by: 'Dedi Kurniawan' },
  'opd.already-in': {},
  'decision.not-pending': { status: 'APPROVED', by: 'Rahmat Saragih' },
  'decision.own': {},
  'decision.undo-over': {},
  'decision.not-in-force': { status: 'PENDING' },
  'handover.moved-on': { status: 'HELD', holder: 'DLH', by: 'Sari' },
  'milestone.too-many': { limit: 100 },
  'milestone.unchanged': { status: 'DONE' },
  'thread.closed': { threadId: '6f9619ff-8b86-4011-b42d-00c04fc964ff' },
  'thread.not-closed': { threadId: '6f9619ff-8b86-4011-b42d-00c04fc964ff' },
  'message.mention-elsewhere': { kind: 'OPD', id: '6f9619ff-8b86-4011-b42d-00c04fc964ff' },
  'message.too-late': { minutes: 15 },
  'message.deleted': { messageId: '6f9619ff-8b86-4011-b42d-00c04fc964ff' },
  'message.edit-conflict': { messageId: '6f9619ff-8b86-4011-b42d-00c04fc964ff', edits: 1, body: 'Besok' },
  'message.too-many-pins': { limit: 20 },
  'message.reply-elsewhere': { replyTo: '6f9619ff-8b86-4011-b42d-00c04fc964ff' },
  'public-update.not-pending': { status: 'APPROVED' },
  'public-update.too-many': { limit: 20 },
  'public.not-published': {},
  'too-many-workspaces': { limit: 32 },
  'organization.duplicate': { field: 'title' },
  'working-time.begun': { from: '2026-11-25' },
  'working-time.needed': {},
  'file.empty': {},
  'file.too-large': { limit: 26_214_400 },
  'file.quota': { limit: 2_097_152_000, left: 1_234_567 },
  'file.type-refused': { reason: 'PHOTO' },
  'file.image-too-big': { limit: 100_000_000 },
  'file.image-broken': {},
  'file.infected': {},
  'file.not-replaceable': {},
  'upload.too-many': { limit: 10 },
  'upload.offset': { offset: 262_144 },
};

const RULES: Record<FieldProblem['rule'], number | undefined> = {
  required: undefined,
  blank: undefined,
  'too-long': 10_000,
  'too-short': 3,
  'not-text': undefined,
  'not-well-formed': undefined,
  'control-character': undefined,
  'direction-override': undefined,
  'not-a-uuid': undefined,
  'not-a-date': undefined,
  'out-of-range': undefined,
  'not-one-of': undefined,
  'not-a-number': undefined,
  'unknown-field': undefined,
  invalid: undefined,
};

const REASONS: HealthReason[] = [
  { kind: 'overdue', days: 3 },
  { kind: 'milestone-late', title: 'Pengerukan', days: 4 },
  { kind: 'decision-late', title: 'Geser anggaran', days: 1 },
  { kind: 'decision-soon', title: 'Geser anggaran' },
  { kind: 'blocked', days: 5 },
  { kind: 'awaiting-decision' },
  { kind: 'acceptance-late', opd: 'BPBD' },
  { kind: 'due-soon', days: 2, progress: 40 },
];

describe.each<Language>(['id', 'en'])('words in %s', (language) => {
  let words: Words;
  beforeAll(async () => {
    words = await loadWords(language);
  });

  it.each(Object.keys(REFUSALS) as ErrorCode[])(
    'put the refusal %s into sentences without a code',
    (code) => {
      const text = errorWords({ code, details: REFUSALS[code] }, words);
      expect(text).toMatch(/^\p{Lu}.{20,}\.$/u);
      expect(text).not.toMatch(/undefined|NaN|\[object|_|task\.|command\.|[0-9a-f]{8}-/);
    },
  );

  it.each(Object.entries(RULES) as [FieldProblem['rule'], number | undefined][])(
    'put the rule %s into a sentence that names the field',
    (rule, limit) => {
      const text = fieldWords({ rule, limit }, words.publish.reason, words);
      expect(text).toMatch(new RegExp(`^${words.publish.reason} .{8,}\\.$`));
      expect(text).not.toMatch(/undefined|NaN/);
    },
  );

  it('name every status and every reason of a health', () => {
    for (const status of TASK_STATUSES) expect(words.status[status]).toMatch(/\S/);
    for (const reason of REASONS) expect(words.healthReason(reason)).toMatch(/^.{8,}$/);
  });

  it('show a server’s field errors at their fields, with the names of the form', () => {
    const errors = fieldErrors(
      {
        code: 'validation',
        details: {
          fields: [
            { field: 'login', rule: 'required' },
            { field: 'zzz', rule: 'unknown-field' },
          ],
        },
      },
      words,
    );
    expect(errors.login).toContain(words.signIn.login);
    expect(errors.zzz).toContain(words.unnamedField);
  });

  it('read a code of a newer server as a fault of the server', () => {
    expect(errorWords({ code: 'task.flown' as ErrorCode, details: {} }, words)).toBe(
      words.errors.internal({}),
    );
  });
});

it('Indonesian labels of statuses are those of the vocabulary', () => {
  for (const status of TASK_STATUSES) expect(id.status[status]).toBe(STATUS_RULES[status].label);
});

it('a throttled sign-in says how long to wait, in seconds or minutes', () => {
  expect(errorWords({ code: 'sign-in.throttled', details: { retryAfterSeconds: 20 } })).toContain('20 detik');
  expect(errorWords({ code: 'sign-in.throttled', details: { retryAfterSeconds: 300 } })).toContain('5 menit');
});

it('greets by the hour of the day', () => {
  expect([6, 12, 16, 21].map((hour) => id.home.greeting(hour, 'Siti'))).toEqual([
    'Selamat pagi, Siti',
    'Selamat siang, Siti',
    'Selamat sore, Siti',
    'Selamat malam, Siti',
  ]);
});
