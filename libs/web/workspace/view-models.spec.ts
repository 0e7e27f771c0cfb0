import type { MilestoneView, ThreadView, WorkspaceRights } from '#libs/contracts';
import type { PendingCommand } from '#libs/client';
import { loadWords } from '#libs/content';
import { linkPieces } from './links.js';
import { oneLine, shortened } from './long-text.js';
import { daysLate, mayChange } from './milestones.js';
import { initials, presence } from './people.js';
import { personalDataHints } from './personal-data.js';
import { afterChange, isAtEnd } from './scrolling.js';
import { neighbour, stableOrder, topics } from './threads.js';
import { transitionWords } from './transitions.js';

const words = await loadWords('id');

describe('links in a message', () => {
  const hrefs = (text: string) => linkPieces(text).flatMap((piece) => (piece.href ? [piece.href] : []));

  it('gives back the whole text, piece by piece', () => {
    const text = 'Lihat https://jambikota.go.id/peta (halaman 2), lalu https://data.go.id.';
    expect(
      linkPieces(text)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  });

  it('leaves the full stop and the bracket of the sentence outside', () => {
    expect(hrefs('(https://jambikota.go.id/peta).')).toEqual(['https://jambikota.go.id/peta']);
    expect(hrefs('https://id.wikipedia.org/wiki/Jambi_(kota)!')).toEqual([
      'https://id.wikipedia.org/wiki/Jambi_(kota)',
    ]);
  });

  it('is quick with what was made to be slow, and links no endless address', () => {
    const begun = performance.now();
    expect(hrefs(`https://a.id/${'.'.repeat(4_000)}a${')'.repeat(4_000)}`)).toEqual([]);
    expect(hrefs(`https://a.id/${'x'.repeat(3_000)}`)).toEqual([]);
    expect(performance.now() - begun).toBeLessThan(200);
  });

  it('links nothing but https, and no address that hides another host', () => {
    expect(hrefs('http://jambikota.go.id javascript:alert(1) data:text/html,x ftp://a.b')).toEqual([]);
    expect(hrefs('https://jambikota.go.id@penipu.example/masuk')).toEqual([]);
    expect(hrefs('https://localhost/x https://')).toEqual([]);
  });
});

describe('a long text', () => {
  it('is shown whole while it is short', () => {
    expect(shortened('Baik, terima kasih.')).toBeNull();
  });

  it('is cut at a blank and never through an emoji', () => {
    expect(shortened('kata '.repeat(400))?.endsWith('kata …')).toBe(true);
    const emoji = shortened('😀'.repeat(900)) ?? '';
    expect(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/.test(emoji)).toBe(false);
  });

  it('is cut after fourteen lines', () => {
    expect(shortened(Array.from({ length: 40 }, (_, i) => `${i}`).join('\n'))?.split('\n')).toHaveLength(14);
  });

  it('becomes one line for a quote', () => {
    expect(oneLine('Baris satu\n\nbaris dua', 14)).toBe('Baris satu bar…');
  });
});

describe('the list of messages', () => {
  it('knows its end', () => {
    expect(isAtEnd(0)).toBe(true);
    expect(isAtEnd(-40)).toBe(true);
    expect(isAtEnd(-400)).toBe(false);
  });

  it('follows the end for a reader who is there, and for one who has just sent something', () => {
    expect(afterChange({ wasAtEnd: true, ownEntered: false, anchorMoved: -30 })).toEqual({ to: 'end' });
    expect(afterChange({ wasAtEnd: false, ownEntered: true, anchorMoved: null })).toEqual({ to: 'end' });
  });

  it('holds what is being read in place otherwise', () => {
    expect(afterChange({ wasAtEnd: false, ownEntered: false, anchorMoved: -72 })).toEqual({ by: -72 });
    expect(afterChange({ wasAtEnd: false, ownEntered: false, anchorMoved: 0.4 })).toBeNull();
    expect(afterChange({ wasAtEnd: false, ownEntered: false, anchorMoved: null })).toBeNull();
  });
});

describe('marks of people', () => {
  it.each([
    ['Dr. Ir. H. Dedi Kurniawan, S.T., M.Si.', 'DK'],
    ['Suparno', 'S'],
    ["Hj. Siti Ma'rufah, S.Pd.", 'SM'],
    ['Raden Ajeng Nur Aini', 'RA'],
    ['H. M.', 'HM'],
    ['', ''],
  ])('%s is %s', (name, mark) => {
    expect(initials(name)).toBe(mark);
  });

  const member = (personId: string, name: string) => ({
    person: { id: personId, name, opd: 'PUPR' },
    opdId: 'o',
    teamRole: 'ANGGOTA' as const,
    mode: 'APPOINTED' as const,
  });
  const reader = { id: 'a', name: 'Ani' };

  it('claim nothing while presence is not known', () => {
    expect(presence(null, [member('a', 'Ani')], reader)).toBeNull();
  });

  it('show five and count the rest, also those who are not members', () => {
    const people = ['a', 'b', 'c', 'd', 'e', 'f', 'leader'];
    const seen = presence(
      people,
      ['b', 'c', 'd', 'e', 'f'].map((one) => member(one, `Nama ${one}`)),
      reader,
    );
    expect(seen).toMatchObject({ count: 7, more: 2, includesReader: true });
    expect(seen?.shown).toHaveLength(5);
  });
});

describe('the hint about personal data', () => {
  it.each([
    ['NIK 1571012345678901', ['identity']],
    ['NIP 19680826 199701 2 001', ['identity']],
    ['Hubungi 0812-3456-7890', ['phone']],
    ['Telepon (0741) 591234', ['phone']],
    ['+62 812 3456 7890', ['phone']],
    ['Kirim ke sari@jambikota.go.id', ['email']],
  ])('is given for %s', (text, hints) => {
    expect(personalDataHints(text)).toEqual(hints);
  });

  it.each([
    'Pekerjaan 12 saluran selesai pada 20 Desember 2026 pukul 08.30.',
    'Anggaran Rp62.750.000.000 untuk 24 titik.',
    'Surat 800.1.11.1/0412/SETDA-ADPEM/2026.',
    'Tahap 20 30 40 50 60 70 80 90.',
  ])('is not given for %s', (text) => {
    expect(personalDataHints(text)).toEqual([]);
  });
});

describe('milestones', () => {
  const milestone: MilestoneView = {
    id: 'm',
    title: 'Peta titik genangan',
    position: 1,
    opd: { id: 'pupr', code: 'PUPR', name: 'Dinas PUPR', abbreviation: 'PUPR' },
    dueDate: '2026-11-20',
    status: 'IN_PROGRESS',
    completedOn: null,
    note: null,
    public: false,
  };
  const rights = (milestones: WorkspaceRights['milestones']): WorkspaceRights => ({
    readMessages: true,
    post: true,
    openThread: true,
    draftPublicUpdate: false,
    milestones,
    transitions: [],
  });

  it('are late after their due day until they are done or stopped', () => {
    expect(daysLate(milestone, '2026-11-20')).toBe(0);
    expect(daysLate(milestone, '2026-11-24')).toBe(4);
    expect(daysLate({ ...milestone, status: 'DONE' }, '2026-11-24')).toBe(0);
    expect(daysLate({ ...milestone, dueDate: null }, '2026-11-24')).toBe(0);
  });

  it('are changed by those whose right covers the unit', () => {
    expect(mayChange(rights('none'), milestone)).toBe(false);
    expect(mayChange(rights({ opdIds: ['bpbd'] }), milestone)).toBe(false);
    expect(mayChange(rights({ opdIds: ['pupr'] }), milestone)).toBe(true);
    expect(mayChange(rights('all'), { ...milestone, status: 'VERIFIED' })).toBe(false);
  });
});

describe('topics', () => {
  const reader = { id: 'a', name: 'Ani', opd: 'PUPR' };
  const thread = (threadId: string, lastMessageAt: string | null): ThreadView => ({
    id: threadId,
    title: threadId,
    about: { kind: 'GENERAL', id: null },
    createdBy: reader,
    createdAt: '2026-11-01T00:00:00.000Z',
    messageCount: 0,
    lastMessageAt,
  });
  const opening: PendingCommand = {
    commandId: 'c',
    workspaceId: 'w',
    type: 'thread.open',
    data: { threadId: 'new', title: 'Alat berat' },
    createdAt: '2026-11-24T03:00:00.000Z',
    state: 'queued',
  };

  it('come with the newest activity first, with the one that is being opened', () => {
    const list = topics(
      [thread('a', '2026-11-02T00:00:00.000Z'), thread('b', '2026-11-03T00:00:00.000Z')],
      [opening],
      reader,
    );
    expect(list.map((topic) => topic.thread.id)).toEqual(['new', 'b', 'a']);
    expect(list[0]?.opening?.commandId).toBe('c');
  });

  it('are listed once when the opened one has arrived', () => {
    expect(topics([thread('new', null)], [opening], reader)).toHaveLength(1);
  });

  it('keep the places a person is looking at', () => {
    expect(stableOrder(['a', 'b', 'gone'], ['b', 'new', 'a'])).toEqual(['new', 'a', 'b']);
  });

  it('are walked with the keys and end at both ends', () => {
    expect(neighbour(['a', 'b'], 'a', 1)).toBe('b');
    expect(neighbour(['a', 'b'], 'b', 1)).toBeNull();
    expect(neighbour(['a', 'b'], null, -1)).toBe('b');
    expect(neighbour([], null, 1)).toBeNull();
  });
});

describe('a change of status', () => {
  it('is worded by where it comes from', () => {
    const action = (from: 'ASSIGNED' | 'BLOCKED' | 'IN_VERIFICATION' | 'COMPLETED') =>
      transitionWords(from, 'IN_PROGRESS', words.workspace).action;
    expect([action('ASSIGNED'), action('BLOCKED'), action('IN_VERIFICATION'), action('COMPLETED')]).toEqual([
      'Mulai dikerjakan',
      'Lanjutkan',
      'Kembalikan untuk diperbaiki',
      'Buka kembali',
    ]);
  });
});
