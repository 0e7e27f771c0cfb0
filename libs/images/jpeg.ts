import { BrokenImage, type CleanImage } from './image.js';
import { orientationBlock, readOrientation } from './orientation.js';

const EXIF = Buffer.from('Exif\0\0', 'latin1');
const ICC = Buffer.from('ICC_PROFILE\0', 'latin1');
const ADOBE = Buffer.from('Adobe', 'latin1');
const JFIF = Buffer.from('JFIF\0', 'latin1');
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;

/**
 * A JPEG with only what draws it: tables, frames, scans, its colours (ICC, Adobe) and which way up it is. EXIF with the
 * place it was taken at, thumbnails, captions, comments and whatever stands behind the picture are gone.
 */
export function cleanJpeg(bytes: Buffer): CleanImage {
  if (bytes.length < 4 || bytes[0] !== 0xff || bytes[1] !== SOI) throw new BrokenImage();
  const kept: Buffer[] = [bytes.subarray(0, 2)];
  let size: { width: number; height: number } | undefined;
  let hasScan = false;
  for (let at = 2; at < bytes.length;) {
    const marker = markerAt(bytes, at);
    if (marker === undefined) break;
    const { code, end: start } = marker;
    if (code === EOI) {
      at = start;
      break;
    }
    if (code === SOI || code === 0x00) throw new BrokenImage();
    if (isAlone(code)) {
      at = start;
      continue;
    }
    const end = start + lengthAt(bytes, start);
    const body = bytes.subarray(start + 2, end);
    if (isFrame(code)) size = frameSize(body);
    const left = keptSegment(code, body);
    if (left) kept.push(left);
    at = end;
    if (code !== SOS) continue;
    hasScan = true;
    at = endOfScan(bytes, end);
    kept.push(bytes.subarray(end, at));
  }
  if (!size || !hasScan) throw new BrokenImage();
  kept.push(Buffer.of(0xff, EOI));
  return { ...size, bytes: Buffer.concat(kept) };
}

/** A marker may have any number of 0xFF before its code; nothing else may stand between segments. */
function markerAt(bytes: Buffer, at: number): { code: number; end: number } | undefined {
  if (bytes[at] !== 0xff) throw new BrokenImage();
  let code = at + 1;
  while (code < bytes.length && bytes[code] === 0xff) code++;
  const value = bytes[code];
  return value === undefined ? undefined : { code: value, end: code + 1 };
}

function lengthAt(bytes: Buffer, at: number): number {
  if (at + 2 > bytes.length) throw new BrokenImage();
  const length = bytes.readUInt16BE(at);
  if (length < 2 || at + length > bytes.length) throw new BrokenImage();
  return length;
}

/** Markers without a body: TEM and the restart marks. */
function isAlone(code: number): boolean {
  return code === 0x01 || (code >= 0xd0 && code <= 0xd7);
}

/** SOF0 to SOF15, without DHT, JPG and DAC among them. */
function isFrame(code: number): boolean {
  return code >= 0xc0 && code <= 0xcf && code !== 0xc4 && code !== 0xc8 && code !== 0xcc;
}

function frameSize(body: Buffer): { width: number; height: number } {
  if (body.length < 6) throw new BrokenImage();
  return { height: body.readUInt16BE(1), width: body.readUInt16BE(3) };
}

function keptSegment(code: number, body: Buffer): Buffer | null {
  if (code >= 0xc0 && code <= 0xdf) return segment(code, body);
  switch (code) {
    case 0xe0:
      // What follows the first nine bytes of values is a thumbnail.
      return startsWith(body, JFIF) && body.length >= 14
        ? segment(code, Buffer.concat([body.subarray(0, 12), Buffer.of(0, 0)]))
        : null;
    case 0xe1: {
      if (!startsWith(body, EXIF)) return null;
      const orientation = readOrientation(body.subarray(EXIF.length));
      return orientation === 1 ? null : segment(code, Buffer.concat([EXIF, orientationBlock(orientation)]));
    }
    case 0xe2:
      return startsWith(body, ICC) ? segment(code, body) : null;
    case 0xee:
      return startsWith(body, ADOBE) ? segment(code, body) : null;
    default:
      return null;
  }
}

function segment(code: number, body: Buffer): Buffer {
  const head = Buffer.of(0xff, code, 0, 0);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** Where the compressed bytes of a scan end: at the next marker that is not a restart mark or a stuffed 0xFF. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next === undefined) return at;
    const goesOn = next === 0x00 || next === 0xff || (next >= 0xd0 && next <= 0xd7);
    if (!goesOn) return at;
  }
  return bytes.length;
}

function startsWith(body: Buffer, words: Buffer): boolean {
  return body.length >= words.length && body.compare(words, 0, words.length, 0, words.length) === 0;
}
