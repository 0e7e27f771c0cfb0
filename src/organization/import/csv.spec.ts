import { Readable } from 'node:stream';
import { csvRows } from './csv.js';
import { MAX_LINE_BYTES } from './lines.js';
import { FileProblem } from './report.js';

const COLUMNS = {
  nama: { aliases: ['nama_lengkap'] },
  unit: { aliases: [] },
  surel: { aliases: [], optional: true },
};

/** In small pieces, so that letters and line ends are cut in two. */
async function read(content: string | Buffer, pieces = 3) {
  const bytes = Buffer.from(content);
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += pieces) chunks.push(bytes.subarray(at, at + pieces));
  const rows: (string | undefined)[][] = [];
  for await (const row of csvRows(Readable.from(chunks), COLUMNS)) {
    rows.push(
      'fault' in row ? [`${row.line}`, row.fault.code] : [`${row.line}`, row.cells.nama, row.cells.unit],
    );
  }
  return rows;
}

async function problem(content: string | Buffer): Promise<string> {
  const error = await read(content, 64 * 1024).then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof FileProblem ? `${error.problem.code} ${error.problem.line}` : String(error);
}

describe('a CSV file', () => {
  test.each([
    ['commas', 'nama,unit\nÉmilie,DLH\n'],
    ['semicolons, CRLF and a BOM', '\uFEFFnama;unit\r\nÉmilie;DLH\r\n'],
    ['tabs and no line end', 'nama\tunit\nÉmilie\tDLH'],
    ['other headings, another order', 'Unit,No.,"Nama Lengkap"\nDLH,1,Émilie\n'],
    ['quotes', '"nama","unit"\n"Émilie","DLH"\n'],
    ['a hint for spreadsheets', 'sep=;\nnama;unit\nÉmilie;DLH\n'],
  ])('is read with %s', async (_, text) => {
    expect((await read(text)).map(([, ...cells]) => cells)).toEqual([['Émilie', 'DLH']]);
  });

  test('may quote the delimiter, quotes and line breaks', async () => {
    expect(
      await read('nama,unit\n"Budi, S.E.",DLH\n"Siti ""Ani""",DLH\n"Tono\r\nTini",DLH\nAli,DLH'),
    ).toEqual([
      ['2', 'Budi, S.E.', 'DLH'],
      ['3', 'Siti "Ani"', 'DLH'],
      ['4', 'Tono\nTini', 'DLH'],
      ['6', 'Ali', 'DLH'],
    ]);
  });

  test('loses no row to a quote that is never closed', async () => {
    expect(await read('nama,unit\n"Budi,DLH\nAli,DLH\nAni,PUPR\n')).toEqual([
      ['2', 'QUOTES'],
      ['3', 'Ali', 'DLH'],
      ['4', 'Ani', 'PUPR'],
    ]);
  });

  test('loses no row between two stray quotes', async () => {
    expect(await read('nama,unit\n"Budi,DLH\nAli,DLH\nAni,"PUPR\nIda,DLH\n')).toEqual([
      ['2', 'QUOTES'],
      ['3', 'Ali', 'DLH'],
      ['4', 'QUOTES'],
      ['5', 'Ida', 'DLH'],
    ]);
  });

  test('may have empty lines and empty cells at the end', async () => {
    expect(await read('nama,unit,,\n\n,,,\nAli,DLH\nAni,DLH,,,,\n')).toEqual([
      ['4', 'COLUMN_COUNT'],
      ['5', 'Ani', 'DLH'],
    ]);
  });

  test('names rows with too many cells, foreign letters and hidden characters, and reads the others', async () => {
    const text = Buffer.concat([
      Buffer.from('nama,unit\nBudi, S.E.,DLH\nJos'),
      Buffer.from([0xe9]),
      Buffer.from(',DLH\nA\u0007li,DLH\nAni,DLH\n'),
    ]);
    expect(await read(text)).toEqual([
      ['2', 'COLUMN_COUNT'],
      ['3', 'ENCODING'],
      ['4', 'CONTROL_CHARACTER'],
      ['5', 'Ani', 'DLH'],
    ]);
  });

  test('with a line of 50 MB is read past it, in bounded memory', async () => {
    async function* file() {
      yield Buffer.from('nama,unit\nAli,DLH\n');
      for (let i = 0; i < 800; i++) yield Buffer.alloc(MAX_LINE_BYTES, 'x');
      yield Buffer.from('\nAni,DLH\n');
    }
    const before = process.memoryUsage.rss();
    const rows = [];
    for await (const row of csvRows(file(), COLUMNS))
      rows.push('fault' in row ? row.fault.code : row.cells.nama);
    expect(rows).toEqual(['Ali', 'LINE_TOO_LONG', 'Ani']);
    expect(process.memoryUsage.rss() - before).toBeLessThan(60e6);
  });

  test.each([
    ['empty', '', 'FILE_EMPTY 1'],
    ['only a BOM', '\uFEFF', 'FILE_EMPTY 1'],
    ['only a header', 'nama,unit\n\n', 'FILE_WITHOUT_ROWS 1'],
    ['without a column', 'nama,alamat\nAli,x\n', 'COLUMN_MISSING 1'],
    ['with a column twice', 'nama,Nama Lengkap,unit\nAli,Ali,DLH\n', 'COLUMN_TWICE 1'],
    ['a workbook', Buffer.from([0x50, 0x4b, 3, 4, 20, 0]), 'FILE_IS_SPREADSHEET 1'],
    ['UTF-16', Buffer.from('\uFEFFnama,unit\nAli,DLH', 'utf16le'), 'FILE_IS_UTF16 1'],
    ['binary', Buffer.from([1, 2, 0, 3, 10, 0, 0]), 'FILE_IS_BINARY 1'],
    ['one endless line', 'x'.repeat(MAX_LINE_BYTES + 1), 'LINE_TOO_LONG 1'],
    ['a header in another encoding', Buffer.from('n\xe4ma,unit\nAli,DLH', 'latin1'), 'ENCODING 1'],
  ])('that is %s is refused as a whole', async (_, content, expected) => {
    expect(await problem(content)).toBe(expected);
  });
});
