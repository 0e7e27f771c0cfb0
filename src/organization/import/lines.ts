import { FileProblem, type Fault } from './report.js';

export interface Line {
  /** From 1. */
  no: number;
  text: string;
  fault?: Fault;
}

/** Longest line that is read; a longer one is refused without being kept in memory. */
export const MAX_LINE_BYTES = 64 * 1024;

const LF = 0x0a;
const SAVE_AS_CSV = 'Buka berkas di aplikasi lembar kerja, lalu simpan sebagai "CSV UTF-8".';

const TOO_LONG: Fault = {
  field: '',
  code: 'LINE_TOO_LONG',
  reason: `Baris lebih panjang dari ${MAX_LINE_BYTES / 1024} KB`,
  remedy: 'Periksa baris ini; biasanya tanda baris baru hilang atau isinya bukan data.',
};
const NOT_UTF8: Fault = {
  field: '',
  code: 'ENCODING',
  reason: 'Baris memuat huruf yang bukan UTF-8',
  remedy: SAVE_AS_CSV,
};
const CONTROL: Fault = {
  field: '',
  code: 'CONTROL_CHARACTER',
  reason: 'Baris memuat karakter kendali yang tidak terlihat',
  remedy: 'Hapus karakter itu: ketik ulang isi sel, jangan salin dari aplikasi lain.',
};

/** Physical lines of a UTF-8 file, with LF or CRLF, with or without BOM. @throws FileProblem for what is no text */
export async function* linesOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let no = 0;
  let kept: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of source) {
    if (no === 0 && bytes === 0) assertText(chunk);
    let start = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, start)) {
      add(chunk.subarray(start, end));
      yield take();
      start = end + 1;
    }
    add(chunk.subarray(start));
  }
  if (bytes > 0) yield take();

  function add(part: Uint8Array): void {
    bytes += part.length;
    if (bytes > MAX_LINE_BYTES) kept = [];
    // A copy: the stream may use the chunk's memory again.
    else if (part.length > 0) kept.push(part.slice());
  }

  function take(): Line {
    no += 1;
    const whole = Buffer.concat(kept);
    const tooLong = bytes > MAX_LINE_BYTES;
    kept = [];
    bytes = 0;
    return tooLong ? { no, text: '', fault: TOO_LONG } : decode(no, whole);
  }
}

function decode(no: number, bytes: Uint8Array): Line {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: no > 1 }).decode(bytes);
  } catch {
    return { no, text: '', fault: NOT_UTF8 };
  }
  text = text.replace(/\r$/, '');
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return /[\u0000-\u0008\u000B-\u001F\u007F]/.test(text) ? { no, text: '', fault: CONTROL } : { no, text };
}

function assertText(head: Uint8Array): void {
  const starts = (...bytes: number[]) => bytes.every((byte, at) => head[at] === byte);
  if (starts(0x50, 0x4b, 0x03, 0x04) || starts(0xd0, 0xcf, 0x11, 0xe0)) {
    throw unusable('FILE_IS_SPREADSHEET', 'Berkas ini buku kerja (XLSX atau XLS), bukan CSV');
  }
  if (starts(0xff, 0xfe) || starts(0xfe, 0xff)) {
    throw unusable('FILE_IS_UTF16', 'Berkas ini memakai pengodean UTF-16, bukan UTF-8');
  }
  if (head.subarray(0, MAX_LINE_BYTES).includes(0)) {
    throw unusable('FILE_IS_BINARY', 'Berkas ini bukan teks');
  }
}

function unusable(code: string, reason: string): FileProblem {
  return new FileProblem({ line: 1, field: '', code, reason, remedy: SAVE_AS_CSV });
}
