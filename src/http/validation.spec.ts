import { Type } from 'class-transformer';
import { IsIn, IsInt, ValidateNested } from 'class-validator';
import { AppError, type FieldProblem } from '#libs/contracts';
import { asMessage } from './field-problems.js';
import { Day, Moment, Text, Uuid } from './text.decorators.js';
import { validateDto } from './validation.js';

class Part {
  @Text({ max: 5 }) word: string;
}

class Wish {
  @Uuid() id: string;
  @Text({ max: 10, min: 2 }) title: string;
  @Text({ max: 10, optional: true }) note?: string;
  @Day({ optional: true }) due?: string;
  @Moment({ optional: true }) until?: string;
  @Uuid({ optional: true }) replyTo?: string;
  @IsInt() count: number;
  @IsIn(['A', 'B']) kind: string;
  @ValidateNested() @Type(() => Part) part: Part;
}

const ID = '0190B1A2-0000-7000-8000-000000000001';
const good = { id: ID, title: 'Pompa', count: 1, kind: 'A', part: { word: 'air' } };

async function problemsOf(value: unknown): Promise<FieldProblem[]> {
  try {
    await validateDto(Wish, value);
  } catch (error) {
    if (error instanceof AppError && error.code === 'validation') {
      return (error.details as { fields: FieldProblem[] }).fields;
    }
    throw error;
  }
  return [];
}

describe('validateDto', () => {
  it('gives an instance with texts in their normal form and ids in small letters', async () => {
    const wish = await validateDto(Wish, {
      ...good,
      title: '  Cafe\u0301\r\nb ',
      note: '  ',
      due: '2026-02-28',
    });
    expect(wish).toBeInstanceOf(Wish);
    expect(wish).toMatchObject({
      id: ID.toLowerCase(),
      title: 'Caf\u00e9\nb',
      note: undefined,
      due: '2026-02-28',
    });
    expect(wish.part).toBeInstanceOf(Part);
  });

  it('keeps a moment as the database writes it, whatever the zone it came in', async () => {
    const until = '2026-02-28T23:30:00+23:59';
    expect(await validateDto(Wish, { ...good, until })).toMatchObject({ until: '2026-02-27T23:31:00.000Z' });
  });

  it('takes null for an optional field as absent', async () => {
    await expect(validateDto(Wish, { ...good, note: null, due: null, replyTo: null })).resolves.toMatchObject(
      {
        note: undefined,
        due: undefined,
        replyTo: undefined,
      },
    );
  });

  it.each<[string, unknown, string]>([
    ['title', undefined, 'required'],
    ['title', null, 'required'],
    ['title', 7, 'not-text'],
    ['title', ['a', 'b'], 'not-text'],
    ['title', { text: 'x' }, 'not-text'],
    ['title', '', 'blank'],
    ['title', ' \n\t ', 'blank'],
    ['title', '\u200b\u2060', 'blank'],
    ['title', 'x'.repeat(11), 'too-long:10'],
    ['title', 'x'.repeat(90_000), 'too-long:10'],
    ['title', 'x', 'too-short:2'],
    ['title', 'a\u0000b', 'control-character'],
    ['title', 'a\ud800b', 'not-well-formed'],
    ['title', 'a\u202eb', 'direction-override'],
    ['note', 'x'.repeat(11), 'too-long:10'],
    ['note', false, 'not-text'],
    ['id', 'nonsense', 'not-a-uuid'],
    ['id', `${ID}\n`, 'not-a-uuid'],
    ['id', undefined, 'required'],
    ['replyTo', '', 'not-a-uuid'],
    ['due', '2026-02-29', 'not-a-date'],
    ['due', '2026-2-1', 'not-a-date'],
    ['due', 20260201, 'not-a-date'],
    ['until', '2026-02-29T08:00:00Z', 'invalid'],
    ['until', '2026-02-28', 'invalid'],
    ['until', '2026-W09-6', 'invalid'],
    ['until', '2026-02-28T08:00:00', 'invalid'],
    ['until', '2026-02-28T08:00:00,5Z', 'invalid'],
    ['until', '0000-02-28T08:00:00Z', 'invalid'],
    ['until', 1772265600000, 'invalid'],
    ['count', '1', 'not-a-number'],
    ['kind', 'C', 'not-one-of'],
    ['extra', 1, 'unknown-field'],
    ['hasOwnProperty', 1, 'unknown-field'],
    ['constructor', 1, 'unknown-field'],
  ])('refuses %s = %j', async (field, value, problem) => {
    const found = await problemsOf({ ...good, [field]: value });
    expect(found.map((one) => [one.field, asMessage(one)])).toEqual([[field, problem]]);
  });

  it('names nested fields by their path, and every wrong field at once', async () => {
    expect(await problemsOf({ ...good, id: 1, part: { word: '', more: 1 } })).toEqual([
      { field: 'id', rule: 'not-a-uuid' },
      { field: 'part.more', rule: 'unknown-field' },
      { field: 'part.word', rule: 'blank' },
    ]);
  });

  it.each([undefined, null])('asks for a body when there is %s', async (value) => {
    expect(await problemsOf(value)).toEqual([{ field: '', rule: 'required' }]);
  });

  it.each([[[]], ['text'], [7], [true]])('refuses %j as a whole', async (value) => {
    expect(await problemsOf(value)).toEqual([{ field: '', rule: 'invalid' }]);
  });

  it('refuses nesting that would exhaust the stack', async () => {
    const deep: unknown = JSON.parse(`${'['.repeat(30_000)}${']'.repeat(30_000)}`);
    expect(await problemsOf({ ...good, title: deep })).toEqual([{ field: '', rule: 'invalid' }]);
  });

  it.each(['constructor', '__proto__', 'toString'])('refuses the name %s at any depth', async (name) => {
    const odd: unknown = JSON.parse(`{"${name}": {"name": "x"}}`);
    expect(await problemsOf({ ...good, title: odd, part: { word: 'air', more: [odd] } })).toEqual([
      { field: `title.${name}`, rule: 'unknown-field' },
      { field: `part.more.0.${name}`, rule: 'unknown-field' },
    ]);
  });

  it('does not take a prototype from JSON', async () => {
    const value: unknown = JSON.parse(`{"__proto__": {"title": "x"}, "id": "${ID}"}`);
    expect(await problemsOf(value)).toEqual([{ field: '__proto__', rule: 'unknown-field' }]);
  });
});
