import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  LIMITS,
  mayRetry,
  PERSON_EVENT_TYPES,
  WORKSPACE_EVENT_TYPES,
  type ClientEvents,
  type CommandType,
  type ErrorCode,
  type ServerEvents,
} from '#libs/contracts';
import { HANDSHAKE_REFUSED, SESSION } from '../../../src/live-docs/examples.js';
import { renderLivePage } from '../../../src/live-docs/live-page.js';
import { PROTOCOL, PROTOCOL_TEXT } from '../../../src/live-docs/protocol.js';
import { protocolDocument } from '../../protocol/document.js';
import { protocolText } from '../../protocol/file.js';
import { ProtocolValidator } from '../../protocol/validator.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const COMMANDS = {
  'message.post': true,
  'message.edit': true,
  'message.delete': true,
  'message.react': true,
  'message.pin': true,
  'thread.open': true,
  'thread.resolve': true,
  'thread.reopen': true,
  'milestone.add': true,
  'milestone.plan': true,
  'milestone.move': true,
  'milestone.change': true,
  'task.create': true,
  'opd.ask': true,
  'opd.answer': true,
  'member.appoint': true,
  'member.remove': true,
  'task.change-status': true,
  'summary.write': true,
  'decision.request': true,
  'decision.decide': true,
  'decision.clarify': true,
  'decision.withdraw': true,
  'decision.undo': true,
  'handover.open': true,
  'handover.move': true,
  'decision.extend': true,
  'public-update.draft': true,
} satisfies Record<CommandType, true>;

/** Whether it is answered. */
const REQUESTS = {
  ...COMMANDS,
  'workspace.join': true,
  'workspace.leave': true,
  'workspace.history': true,
  'thread.page': true,
  'thread.pins': true,
  'message.edits': true,
  'marks.read': true,
  'thread.read': true,
  'thread.mark-unread': true,
  'inbox.read': true,
  'inbox.set': true,
  'inbox.clear-info': true,
  'follow.read': true,
  'follow.set': true,
  'catch-up.read': true,
  'catch-up.seen': true,
  'catch-up.overview': true,
  'board.join': true,
  'board.leave': true,
  typing: false,
} satisfies Record<keyof ClientEvents, boolean>;

const SAID = {
  'workspace.events': true,
  'person.events': true,
  'workspace.head': true,
  'workspace.rights': true,
  'workspace.closed': true,
  'presence.changed': true,
  typing: true,
  'board.changed': true,
  'board.head': true,
  'board.closed': true,
  go_away: true,
  'signed-out': true,
} satisfies Record<keyof ServerEvents, true>;

const CODES = {
  validation: true,
  unauthenticated: true,
  forbidden: true,
  'not-found': true,
  'origin-refused': true,
  'rate-limited': true,
  'frame-too-large': true,
  'unknown-event': true,
  unavailable: true,
  internal: true,
  'command.reused': true,
  'command.out-of-order': true,
  'sign-in.failed': true,
  'sign-in.throttled': true,
  'task.read-only': true,
  'task.transition-not-allowed': true,
  'task.reason-required': true,
  'task.public-sentence-required': true,
  'task.opd-pending': true,
  'summary.conflict': true,
  'opd.already-in': true,
  'decision.not-pending': true,
  'decision.own': true,
  'decision.undo-over': true,
  'decision.not-in-force': true,
  'handover.moved-on': true,
  'milestone.too-many': true,
  'milestone.unchanged': true,
  'thread.closed': true,
  'thread.not-closed': true,
  'message.reply-elsewhere': true,
  'message.mention-elsewhere': true,
  'message.too-late': true,
  'message.deleted': true,
  'message.edit-conflict': true,
  'message.too-many-pins': true,
  'public-update.not-pending': true,
  'public-update.too-many': true,
  'public.not-published': true,
  'too-many-workspaces': true,
  'organization.duplicate': true,
  'working-time.begun': true,
  'working-time.needed': true,
  'file.empty': true,
  'file.too-large': true,
  'file.quota': true,
  'file.type-refused': true,
  'file.image-too-big': true,
  'file.image-broken': true,
  'file.infected': true,
  'file.not-replaceable': true,
  'upload.too-many': true,
  'upload.offset': true,
} satisfies Record<ErrorCode, true>;

const { messages, schemas } = PROTOCOL.components;
const named = (prefix: string) =>
  Object.keys(schemas).flatMap((name) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : []));

describe('the document of the live protocol', () => {
  it('is what libs/contracts says now (else: npm run protocol)', () => {
    expect(PROTOCOL_TEXT).toBe(protocolText(protocolDocument(ROOT)));
  });

  it('has every request, with its answer where there is one', () => {
    const received = Object.entries(PROTOCOL.operations).filter(([, { action }]) => action === 'receive');
    expect(Object.fromEntries(received.map(([name, { reply }]) => [name, reply !== undefined]))).toEqual(
      REQUESTS,
    );
    for (const [name, isAnswered] of Object.entries(REQUESTS)) {
      expect(messages[name]?.payload).toBeDefined();
      expect([name, `${name}.answer` in messages]).toEqual([name, isAnswered]);
    }
  });

  it('has everything the server says unasked', () => {
    const sent = Object.entries(PROTOCOL.operations).filter(([, { action }]) => action === 'send');
    expect(sent.map(([name]) => messages[name]?.name ?? '').toSorted()).toEqual(Object.keys(SAID).toSorted());
  });

  it('has every event of a history and every refusal with whether to send again', () => {
    expect(named('Event.').toSorted()).toEqual([...WORKSPACE_EVENT_TYPES, ...PERSON_EVENT_TYPES].toSorted());
    expect(named('Error.').toSorted()).toEqual(Object.keys(CODES).toSorted());
    for (const code of Object.keys(CODES) as ErrorCode[]) {
      expect([code, schemas[`Error.${code}`]?.['x-retry']]).toEqual([code, mayRetry(code)]);
    }
  });

  it('has each kind of answer to a join', () => {
    const kinds = schemas.JoinAnswer?.anyOf?.map((choice) => choice.properties?.kind?.const);
    expect(kinds).toEqual(['up-to-date', 'events', 'reset']);
  });

  it('tells frames that fit from those that do not', () => {
    const validator = new ProtocolValidator(PROTOCOL);
    const head = { workspaceId: 'w', epoch: 'e', seq: 1 };
    expect(validator.problems('server.workspace.head', head)).toBe('');
    for (const wrong of [{ ...head, seq: '1' }, { ...head, more: 1 }, { workspaceId: 'w', epoch: 'e' }, null])
      expect(validator.problems('server.workspace.head', wrong)).not.toBe('');
    const refusal = { ok: false, retry: true, error: { code: 'command.out-of-order', details: {} } };
    expect(validator.problems('message.post.answer', refusal)).not.toBe('');
    expect(validator.problems('workspace.wish', {})).toBe('workspace.wish is not in the document');
  });

  it('points at nothing that is not there', () => {
    const pointers = [...PROTOCOL_TEXT.matchAll(/"\$ref": "#\/([^"]+)"/g)].map(([, path = '']) => path);
    const found = (path: string) =>
      path
        .split('/')
        .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], PROTOCOL);
    expect(pointers.filter((path) => found(path) === undefined)).toEqual([]);
    expect(pointers.length).toBeGreaterThan(100);
  });
});

describe('the page', () => {
  const page = renderLivePage();

  it('shows a session whose every message fits the document', () => {
    const validator = new ProtocolValidator(PROTOCOL);
    const spoken = SESSION.filter(({ message }) => message !== undefined);
    for (const { message = '', data, text } of spoken) {
      expect(validator.problems(message, data)).toBe('');
      expect(JSON.parse(text.slice(text.indexOf('[')))).toEqual(
        text.startsWith('43') ? [data] : expect.anything(),
      );
    }
    expect(spoken.length).toBeGreaterThan(10);
    expect(validator.problems('#WireError', HANDSHAKE_REFUSED.data)).toBe('');
  });

  it('names every message, event and code, and every link inside it leads somewhere', () => {
    for (const name of [
      ...Object.keys(REQUESTS),
      ...Object.keys(SAID),
      ...WORKSPACE_EVENT_TYPES,
      ...PERSON_EVENT_TYPES,
      ...Object.keys(CODES),
    ])
      expect(page).toContain(`<code>${name}</code>`);
    const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links.filter((id) => !ids.has(id))).toEqual([]);
    expect(ids.size).toBe([...page.matchAll(/ id="/g)].length);
  });

  it('needs no script and nothing from elsewhere', () => {
    expect(page).not.toMatch(/<script|<link rel="stylesheet"| style=|src=| on\w+=/);
  });

  it('says the numbers that the code goes by', () => {
    const source = (path: string) => readFileSync(`${ROOT}${path}`, 'utf8');
    expect(source('src/realtime/socket-io.adapter.ts')).toMatch(
      /pingInterval: 15_000,\s+pingTimeout: 15_000/,
    );
    expect(source('src/realtime/connections.ts')).toContain('new TokenBucket(50, 200)');
    expect(source('src/realtime/slow-reader.ts')).toMatch(
      /MOST_PACKETS = 256;\s+export const MOST_LETTERS = 1024 \* 1024/,
    );
    expect(source('src/realtime/handshake.ts')).toContain('TRIES = 3');
    expect(source('libs/client/wire/wire.ts')).toContain('ANSWER_TIMEOUT_MS = 10_000');
    expect(source('libs/client/room/live-history.ts')).toContain('HOLE_MS = 150');
    expect(source('libs/client/room/gap-tracker.ts')).toContain('bound = 500');
    expect(source('libs/client/clock.ts')).toContain(
      'Math.min(10_000, 500 * 2 ** Math.min(attempt, 10)) * (0.5 + random())',
    );
    expect(source('libs/client/room/typing.ts')).toMatch(/SAID_EVERY_MS = 3_000;\s+const SHOWN_MS = 5_000/);
    expect(source('libs/client/outbox/command-queue.ts')).toContain('INTERNAL_ERRORS = 5');
    expect(page).toContain(LIMITS.frameBytes.toLocaleString('en'));
  });
});
