import type { FileKind } from '#libs/contracts';

export interface FileType {
  mediaType: string;
  kind: FileKind;
}

/** How much of the beginning and of the end is looked at. */
export const LOOK_BYTES = 64 * 1024;

interface Signature extends FileType {
  at?: number;
  hex: string;
}

const SIGNATURES: readonly Signature[] = [
  { hex: 'ffd8ff', mediaType: 'image/jpeg', kind: 'IMAGE' },
  { hex: '89504e470d0a1a0a', mediaType: 'image/png', kind: 'IMAGE' },
  { hex: text('GIF87a'), mediaType: 'image/gif', kind: 'IMAGE' },
  { hex: text('GIF89a'), mediaType: 'image/gif', kind: 'IMAGE' },
  { at: 8, hex: text('WEBP'), mediaType: 'image/webp', kind: 'IMAGE' },
  { hex: '49492a00', mediaType: 'image/tiff', kind: 'IMAGE' },
  { hex: '4d4d002a', mediaType: 'image/tiff', kind: 'IMAGE' },
  { hex: text('%PDF-'), mediaType: 'application/pdf', kind: 'PDF' },
  { hex: 'd0cf11e0a1b11ae1', mediaType: 'application/x-ole-storage', kind: 'DOCUMENT' },
  { hex: text('{\\rtf'), mediaType: 'application/rtf', kind: 'DOCUMENT' },
  { hex: text('Rar!'), mediaType: 'application/vnd.rar', kind: 'ARCHIVE' },
  { hex: '377abcaf271c', mediaType: 'application/x-7z-compressed', kind: 'ARCHIVE' },
  { hex: '1f8b', mediaType: 'application/gzip', kind: 'ARCHIVE' },
  { hex: text('ID3'), mediaType: 'audio/mpeg', kind: 'AUDIO' },
  { hex: text('OggS'), mediaType: 'audio/ogg', kind: 'AUDIO' },
  { at: 8, hex: text('WAVE'), mediaType: 'audio/wav', kind: 'AUDIO' },
  { at: 8, hex: text('AVI '), mediaType: 'video/x-msvideo', kind: 'VIDEO' },
  { hex: '1a45dfa3', mediaType: 'video/webm', kind: 'VIDEO' },
];

const ZIP = Buffer.from('504b0304', 'hex');
const EMPTY_ZIP = Buffer.from('504b0506', 'hex');
/** What a package of this kind has inside, as its list of contents names it. Nothing is unpacked for that. */
const PACKAGES: readonly (FileType & { holds: string })[] = [
  {
    holds: 'word/document.xml',
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    kind: 'DOCUMENT',
  },
  {
    holds: 'xl/workbook.xml',
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    kind: 'SPREADSHEET',
  },
  {
    holds: 'ppt/presentation.xml',
    mediaType: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    kind: 'PRESENTATION',
  },
];
const OPEN_DOCUMENTS: Readonly<Record<string, FileKind>> = {
  'application/vnd.oasis.opendocument.text': 'DOCUMENT',
  'application/vnd.oasis.opendocument.spreadsheet': 'SPREADSHEET',
  'application/vnd.oasis.opendocument.presentation': 'PRESENTATION',
};

/** Programs of Windows, Linux, macOS and Java. */
const PROGRAMS = ['7f454c46', 'feedface', 'feedfacf', 'cefaedfe', 'cffaedfe', 'cafebabe'];
/** Formats of phones whose place of taking we can't remove. */
const PHOTO_BRANDS = new Set(['heic', 'heix', 'hevc', 'heim', 'heis', 'mif1', 'msf1', 'avif', 'avis']);

/**
 * What a file is, by its first and last bytes. What nobody knows is text when it reads as text, and else just bytes;
 * HTML and SVG are text here, so that no browser ever runs them.
 */
export function fileTypeOf(head: Buffer, tail: Buffer): FileType {
  const found = SIGNATURES.find(({ at = 0, hex }) => hexAt(head, at, hex.length / 2) === hex);
  if (found) return { mediaType: found.mediaType, kind: found.kind };
  if (startsWith(head, ZIP) || startsWith(head, EMPTY_ZIP)) return packageType(head, tail);
  if (brandOf(head) !== null) return { mediaType: 'video/mp4', kind: 'VIDEO' };
  return isText(head)
    ? { mediaType: 'text/plain', kind: 'TEXT' }
    : { mediaType: 'application/octet-stream', kind: 'OTHER' };
}

/** Why nobody may upload this, whatever it is called. */
export function refusedType(head: Buffer): 'PHOTO' | 'PROGRAM' | null {
  if (PROGRAMS.includes(hexAt(head, 0, 4)) || isWindowsProgram(head)) return 'PROGRAM';
  const brand = brandOf(head);
  return brand !== null && PHOTO_BRANDS.has(brand) ? 'PHOTO' : null;
}

/** Endings that Windows runs on a double click. */
const RUNS = new Set(
  'exe com scr pif bat cmd msi msp ps1 psm1 vbs vbe js jse wsf wsh hta cpl lnk reg jar scf inf url'.split(
    ' ',
  ),
);

export function runsOnClick(extension: string): boolean {
  return RUNS.has(extension);
}

function packageType(head: Buffer, tail: Buffer): FileType {
  const name = head.toString('latin1', 30, 38);
  if (name === 'mimetype') {
    const mediaType = head.toString('latin1', 38, 38 + 80).split('PK')[0] ?? '';
    const kind = Object.hasOwn(OPEN_DOCUMENTS, mediaType) ? OPEN_DOCUMENTS[mediaType] : undefined;
    if (kind) return { mediaType, kind };
  }
  const found = PACKAGES.find(({ holds }) => tail.includes(holds, 0, 'latin1'));
  return found
    ? { mediaType: found.mediaType, kind: found.kind }
    : { mediaType: 'application/zip', kind: 'ARCHIVE' };
}

/** `MZ` alone may begin a text; a program tells behind it where its real header is. */
function isWindowsProgram(head: Buffer): boolean {
  if (head.toString('latin1', 0, 2) !== 'MZ' || head.length < 64) return false;
  const at = head.readUInt32LE(60);
  return hexAt(head, at, 4) === '50450000' || !isText(head);
}

/** The main brand of the family of MP4. */
function brandOf(head: Buffer): string | null {
  return head.toString('latin1', 4, 8) === 'ftyp' ? head.toString('latin1', 8, 12) : null;
}

function isText(head: Buffer): boolean {
  if (head.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function hexAt(bytes: Buffer, at: number, length: number): string {
  return bytes.toString('hex', at, at + length);
}

function startsWith(bytes: Buffer, with_: Buffer): boolean {
  return bytes.subarray(0, with_.length).equals(with_);
}

function text(words: string): string {
  return Buffer.from(words, 'latin1').toString('hex');
}
