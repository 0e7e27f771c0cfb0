import { oneLine, shortened } from './long-text.js';

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
