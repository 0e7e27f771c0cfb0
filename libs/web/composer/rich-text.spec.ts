import fc from 'fast-check';
import { blocksOf, type Block, type Span } from './rich-text.js';

function said(spans: readonly Span[]): string {
  return spans.map((span) => (span.kind === 'bold' ? said(span.spans) : span.text)).join('');
}

function all(blocks: readonly Block[]): Span[] {
  const flat = (spans: readonly Span[]): Span[] =>
    spans.flatMap((span) => (span.kind === 'bold' ? [span, ...flat(span.spans)] : [span]));
  return blocks.flatMap((block) => {
    if (block.kind === 'code') return [];
    return flat(block.kind === 'list' ? block.items.flat() : block.spans);
  });
}

describe('what a person wrote', () => {
  it('is a paragraph when it has no marks, with its lines and its blanks', () => {
    expect(blocksOf('satu  dua\n\ntiga * empat_lima')).toEqual([
      { kind: 'paragraph', spans: [{ kind: 'text', text: 'satu  dua\n\ntiga * empat_lima' }] },
    ]);
  });

  it('has bold words, code, lists, quotes and blocks of code', () => {
    expect(
      blocksOf(
        '> Kapan?\n> Di mana?\n**Senin** pukul `14.00`\n- pompa\n- truk\n1. gali\n2. angkat\n```\na **b**\n```',
      ),
    ).toEqual([
      { kind: 'quote', spans: [{ kind: 'text', text: 'Kapan?\nDi mana?' }] },
      {
        kind: 'paragraph',
        spans: [
          { kind: 'bold', spans: [{ kind: 'text', text: 'Senin' }] },
          { kind: 'text', text: ' pukul ' },
          { kind: 'code', text: '14.00' },
        ],
      },
      {
        kind: 'list',
        ordered: false,
        items: [[{ kind: 'text', text: 'pompa' }], [{ kind: 'text', text: 'truk' }]],
      },
      {
        kind: 'list',
        ordered: true,
        items: [[{ kind: 'text', text: 'gali' }], [{ kind: 'text', text: 'angkat' }]],
      },
      { kind: 'code', text: 'a **b**' },
    ]);
  });

  it('marks the longest name behind an @, and only whole ones', () => {
    const spans = all(
      blocksOf('@Sari dan @Sari Wulandari, bukan @Saringan atau a@b.id', ['Sari', 'Sari Wulandari']),
    );
    expect(spans.filter(({ kind }) => kind === 'mention').map((span) => 'text' in span && span.text)).toEqual(
      ['@Sari', '@Sari Wulandari'],
    );
  });

  it('never becomes an address that is not https, nor loses a letter of a line', () => {
    const part = fc.constantFrom(
      '**',
      '`',
      '> ',
      '- ',
      '1. ',
      '@Sari',
      '<b>',
      '[x](javascript:alert(1))',
      'javascript:1',
      'https://a.id/x',
      'http://a.id',
      'data:text/html,x',
      ' ',
      'kata',
      '![](https://a.id/p.png)',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        const spans = all(blocksOf(text, ['Sari']));
        for (const span of spans) {
          if (span.kind === 'link') expect(new URL(span.href).protocol).toBe('https:');
        }
        const letters = (line: string) => line.replace(/[^\p{L}\p{N}@:/<]/gu, '');
        const shown = blocksOf(text, ['Sari'])
          .map((block) =>
            block.kind === 'code'
              ? block.text
              : said(block.kind === 'list' ? block.items.flat() : block.spans),
          )
          .join('');
        const marksOnly = text.replace(/^(> ?|[-*] +(?=\S)|\d{1,3}[.)] +(?=\S))/, '');
        expect(letters(shown)).toBe(letters(marksOnly));
      }),
    );
  });

  it('is read in a moment, however it is made', () => {
    for (const text of [
      '**'.repeat(5_000),
      '`'.repeat(10_000),
      '> '.repeat(5_000),
      '@Sari'.repeat(2_000),
      '*a'.repeat(5_000),
    ]) {
      const before = performance.now();
      blocksOf(text, ['Sari']);
      expect(performance.now() - before).toBeLessThan(1_000);
    }
  });
});
