import fc from 'fast-check';
import { cleanFileName, extensionOf } from './file-name.js';
import { LIMITS } from './limits.js';

describe('the name of a file', () => {
  it.each([
    ['Notulen rapat 24 November.pdf', 'Notulen rapat 24 November.pdf'],
    ['Ma’ruf – anggaran (final).xlsx', 'Ma’ruf – anggaran (final).xlsx'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\sari\\laporan.docx', 'laporan.docx'],
    ['CON.txt', '_CON.txt'],
    ['lpt1', '_lpt1'],
    ['Console.txt', 'Console.txt'],
    ['laporan.pdf.zip', 'laporan.pdf.zip'],
    // What the override would show as "laporanexe.pdf".
    ['laporan\u202Efdp.exe', 'laporanfdp.exe'],
    ['a\u0000b\u0007\nc.txt', 'abc.txt'],
    ['nol\u200Blebar\uFEFF.txt', 'nollebar.txt'],
    ['  banyak   spasi .txt. ', 'banyak spasi .txt'],
    ['a<b>:"c|d?e*.txt', 'a_b___c_d_e_.txt'],
    ['cafe\u0301.txt', 'café.txt'],
    ['rusak\uD800.txt', 'rusak_.txt'],
    ['😀.png', '😀.png'],
    ['.htaccess', '.htaccess'],
    ['..', 'berkas'],
    ['', 'berkas'],
    ['folder/', 'berkas'],
  ])('%j is shown as %j', (given, shown) => {
    expect(cleanFileName(given)).toBe(shown);
  });

  it('is shortened in the middle: its ending says what it is', () => {
    const name = cleanFileName(`${'panjang'.repeat(100)}.pdf`);
    expect(name).toHaveLength(LIMITS.fileName);
    expect(name).toMatch(/^panjang.*….pdf$/);
  });

  it('whatever was given, is a short name of one line without a folder, and stays what it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (given) => {
        const name = cleanFileName(given);
        expect(name.length).toBeGreaterThan(0);
        expect(name.length).toBeLessThanOrEqual(LIMITS.fileName);
        expect(name).not.toMatch(/[/\\\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
        expect(cleanFileName(name)).toBe(name);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['a.PDF', 'pdf'],
    ['a.tar.gz', 'gz'],
    ['a', ''],
    ['.profile', ''],
    [`a.${'x'.repeat(30)}`, ''],
  ])('%s ends in "%s"', (name, extension) => {
    expect(extensionOf(name)).toBe(extension);
  });
});
