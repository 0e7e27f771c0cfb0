import fc from 'fast-check';
import type { MessageView, ReactionCode } from './discussion.js';
import { REACTIONS } from './discussion.js';
import type { StreamEvent } from './events.js';
import { asPosted, changeMessages, isFresh, withoutText } from './message-changes.js';

const AT = '2026-11-24T01:00:00.000Z';
const ani = { id: 'ani', name: 'Ani', opd: 'PUPR' };

function message(change: Partial<MessageView> = {}): MessageView {
  return {
    id: 'm1',
    threadId: 't',
    no: 1,
    author: ani,
    kind: 'MESSAGE',
    body: 'Besok',
    mentions: [],
    replyTo: null,
    attachments: [],
    postedAt: AT,
    commandId: 'c1',
    edits: 0,
    editedAt: null,
    deleted: null,
    reactions: [],
    pinned: null,
    ...change,
  };
}

function event<T extends StreamEvent['type']>(type: T, data: StreamEvent<T>['data']): StreamEvent {
  return { streamId: 'w', seq: 1, type, at: AT, actor: ani, commandId: 'c', data } as StreamEvent;
}

const reacted = (code: ReactionCode, personId: string, on: boolean) =>
  event('message.reacted', { threadId: 't', messageId: 'm1', no: 1, code, personId, on });
const gone = message({ body: '', deleted: { at: AT, by: ani, reason: null } });

describe('what happens to a message', () => {
  it('leaves the list as it is when it happened to another one', () => {
    const list = [message()];
    expect(changeMessages(list, event('message.edited', { message: message({ id: 'other' }) }))).toBe(list);
    expect(changeMessages(list, event('message.posted', { message: message({ id: 'other' }) }))).toBe(list);
  });

  it('is not undone by what happened before it and comes later', () => {
    const twice = [message({ edits: 2, body: 'Lusa' })];
    expect(changeMessages(twice, event('message.edited', { message: message({ edits: 1 }) }))).toEqual(twice);
    expect(changeMessages([gone], event('message.edited', { message: message({ edits: 3 }) }))).toEqual([
      gone,
    ]);
    expect(changeMessages([gone], reacted('AGREE', 'budi', true))).toEqual([gone]);
  });

  it('as reactions is a set for each code, in one order, whatever the order of the taps', () => {
    const tap = fc.record({
      code: fc.constantFrom(...REACTIONS),
      personId: fc.constantFrom('a', 'b', 'c'),
      on: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(tap, { maxLength: 30 }), (taps) => {
        const truth = new Set<string>();
        let list = [message()];
        for (const { code, personId, on } of taps) {
          if (on) truth.add(`${code} ${personId}`);
          else truth.delete(`${code} ${personId}`);
          list = changeMessages(list, reacted(code, personId, on));
          expect(changeMessages(list, reacted(code, personId, on))).toEqual(list);
        }
        const expected = REACTIONS.flatMap((code) => {
          const personIds = ['a', 'b', 'c'].filter((id) => truth.has(`${code} ${id}`));
          return personIds.length > 0 ? [{ code, personIds }] : [];
        });
        expect(list[0]?.reactions).toEqual(expected);
      }),
    );
  });
});

it('what an older instance stored of a message is read as one that nothing happened to', () => {
  const { mentions: _m, edits: _e, editedAt: _a, deleted: _d, reactions: _r, pinned: _p, ...old } = message();
  expect(asPosted(old as MessageView)).toEqual(message());
});

it('a deletion takes the words out of what tells of the same message, and of nothing else', () => {
  const said = event('message.posted', { message: message({ attachments: ['a.pdf'] }) });
  const other = event('message.posted', { message: message({ id: 'm2' }) });
  expect(withoutText(said, gone)).toEqual({ ...said, data: { message: gone } });
  expect(withoutText(other, gone)).toBe(other);
  const answered = reacted('AGREE', 'budi', true);
  expect(withoutText(answered, gone)).toBe(answered);
});

it('a message is fresh for a quarter of an hour', () => {
  const posted = Date.parse(AT);
  expect(isFresh(message(), posted + 15 * 60_000)).toBe(true);
  expect(isFresh(message(), posted + 15 * 60_000 + 1)).toBe(false);
});
