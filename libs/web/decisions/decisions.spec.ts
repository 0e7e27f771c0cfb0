import type { DecisionRequestView } from '#libs/contracts';
import { loadWords, type Words } from '#libs/content';
import { decidedByWords, grouped, postName, waitsForReader } from './decisions.js';

const person = (id: string) => ({ id, name: id, opd: '' });
const pupr = { id: 'pupr', code: '1', name: 'Dinas PUPR', abbreviation: 'PUPR' };
const decision = (about: Partial<DecisionRequestView>): DecisionRequestView =>
  ({
    ...{
      id: 'd',
      status: 'PENDING',
      dueDate: null,
      decidedAt: null,
      requestedAt: '2026-11-24T02:00:00.000Z',
    },
    ...{ decider: person('kadis'), requestedBy: person('sari'), post: { role: 'KEPALA_OPD', opd: pupr } },
    ...{ decidedBy: person('ulfa'), decidedAs: null, onBehalfOf: null },
    ...about,
  }) as DecisionRequestView;
const head = { decideAs: [{ role: 'KEPALA_OPD' as const, opdId: 'pupr' }] };
const nobody = { decideAs: [] };

describe('whose turn it is', () => {
  it.each([
    ['the holder of the post', {}, head, 'plh', true],
    ['nobody else, also who held it when it was asked', {}, nobody, 'kadis', false],
    ['the person where only a person was named', { post: null }, nobody, 'kadis', true],
    ['nobody who asked it', { requestedBy: person('plh') }, head, 'plh', false],
    ['nobody while there is a question back', { status: 'CLARIFICATION_REQUESTED' }, head, 'plh', false],
    ['whom it was handed on to', { status: 'FORWARDED' }, head, 'plh', true],
  ] as const)('%s', (_, about, rights, reader, expected) => {
    const rightsOf = { decideAs: [...rights.decideAs] };
    expect(waitsForReader(decision(about as Partial<DecisionRequestView>), rightsOf, reader)).toBe(expected);
  });
});

it('puts what waits for the reader first, then by day, and what is over by its end', () => {
  const all = [
    decision({ id: 'late', dueDate: '2026-12-09', post: { role: 'SEKDA', opd: null } }),
    decision({ id: 'soon', dueDate: '2026-12-01', post: { role: 'SEKDA', opd: null } }),
    decision({ id: 'mine' }),
    decision({ id: 'old', status: 'APPROVED', decidedAt: '2026-11-01T02:00:00.000Z' }),
    decision({ id: 'new', status: 'REJECTED', decidedAt: '2026-11-20T02:00:00.000Z' }),
  ];
  const groups = grouped(all, head, 'plh');
  expect(Object.values(groups).map((list: DecisionRequestView[]) => list.map(({ id }) => id))).toEqual([
    ['mine'],
    ['soon', 'late'],
    ['new', 'old'],
  ]);
});

describe('in words', () => {
  let words: Words;
  beforeAll(async () => {
    words = await loadWords('id');
  });

  it('names posts and stand-ins with both names', () => {
    expect(postName('KEPALA_OPD', pupr, words.workspace)).toBe('Pimpinan PUPR');
    expect(postName('SEKDA', null, words.workspace)).toBe('Sekretaris Daerah');
    const by = (about: Partial<DecisionRequestView>) => decidedByWords(decision(about), words.workspace);
    expect(by({})).toBe('ulfa');
    expect(by({ decidedAs: 'PLT' })).toBe('Plt. ulfa');
    expect(by({ decidedAs: 'PLH', onBehalfOf: person('kadis') })).toBe('Plh. ulfa, atas nama kadis');
  });
});
