import { fileTypeOf, refusedType, runsOnClick } from './file-type.js';

const bytes = (hex: string, then = '') =>
  Buffer.concat([Buffer.from(hex, 'hex'), Buffer.from(then, 'latin1')]);
const words = (text: string) => Buffer.from(text);
const typeOf = (head: Buffer, tail = head) => fileTypeOf(head, tail).mediaType;

/** As far as anybody looks: a local header with a name, and the list of contents with more of them. */
const aPackage = (first: string, ...names: string[]) =>
  Buffer.concat([
    bytes(`504b0304${'00'.repeat(26)}`, first),
    ...names.map((name) => bytes('504b0102', name)),
  ]);

describe('what a file is', () => {
  it.each([
    ['a JPEG', bytes('ffd8ffe0'), 'image/jpeg'],
    ['a PNG', bytes('89504e470d0a1a0a'), 'image/png'],
    ['a GIF', words('GIF89a'), 'image/gif'],
    ['a WebP', words('RIFF....WEBPVP8 '), 'image/webp'],
    ['a PDF', words('%PDF-1.7'), 'application/pdf'],
    ['an old Word file', bytes('d0cf11e0a1b11ae1'), 'application/x-ole-storage'],
    ['an archive', aPackage('rahasia.txt'), 'application/zip'],
    [
      'a Word file',
      aPackage('[Content_Types].xml', 'word/document.xml'),
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    ],
    [
      'a table',
      aPackage('[Content_Types].xml', 'xl/workbook.xml'),
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ],
    [
      'an open document',
      aPackage('mimetypeapplication/vnd.oasis.opendocument.textPK'),
      'application/vnd.oasis.opendocument.text',
    ],
    ['a table as text', words('nama;jumlah\r\nPompa;3\r\n'), 'text/plain'],
    ['a film', bytes('00000018', 'ftypisom'), 'video/mp4'],
    ['something else', bytes('000102ff'), 'application/octet-stream'],
    ['nothing', Buffer.alloc(0), 'text/plain'],
  ])('%s', (_what, head, mediaType) => {
    expect(typeOf(head)).toBe(mediaType);
  });

  it('is said by its bytes alone: pages and drawings that run script are text', () => {
    expect(typeOf(words('<!doctype html><script>alert(1)</script>'))).toBe('text/plain');
    expect(typeOf(words('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'))).toBe('text/plain');
    expect(typeOf(words('GIF89a/*......*/=1;alert(1)'))).toBe('image/gif');
  });

  it('text may be cut in the middle of a letter', () => {
    expect(typeOf(words('rapat é').subarray(0, -1))).toBe('text/plain');
  });
});

describe('what nobody may upload', () => {
  it.each([
    ['a program of Windows', Buffer.concat([words('MZ'), Buffer.alloc(62), words('PE\0\0')]), 'PROGRAM'],
    ['a program of Linux', bytes('7f454c46'), 'PROGRAM'],
    ['a photo of a phone with its place', bytes('00000018', 'ftypheic'), 'PHOTO'],
    ['the same, newer', bytes('00000018', 'ftypavif'), 'PHOTO'],
    ['a text that begins like a program', words(`MZ ${'adalah singkatan. '.repeat(10)}`), null],
    ['a document', words('%PDF-1.7'), null],
    ['nothing', Buffer.alloc(0), null],
  ])('%s: %s', (_what, head, reason) => {
    expect(refusedType(head)).toBe(reason);
  });

  it('names that run on a double click', () => {
    expect(['exe', 'bat', 'lnk', 'js'].filter((extension) => !runsOnClick(extension))).toEqual([]);
    expect(['pdf', 'zip', 'txt', ''].filter(runsOnClick)).toEqual([]);
  });
});
