import { BrokenImage, type CleanImage } from './image.js';
import { orientationBlock, readOrientation } from './orientation.js';

const KEPT = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
const HAS_EXIF = 0x08;
const HAS_XMP = 0x04;

/** A WebP with only what draws it and which way up it is; nothing behind its end. */
export function cleanWebp(bytes: Buffer): CleanImage {
  if (bytes.length < 20 || tag(bytes, 0) !== 'RIFF' || tag(bytes, 8) !== 'WEBP') throw new BrokenImage();
  const whole = bytes.readUInt32LE(4) + 8;
  if (whole > bytes.length) throw new BrokenImage();
  const chunks: { type: string; body: Buffer }[] = [];
  let orientation = 1;
  for (let at = 12; at + 8 <= whole;) {
    const type = tag(bytes, at);
    const end = at + 8 + bytes.readUInt32LE(at + 4);
    if (end > whole) throw new BrokenImage();
    const body = bytes.subarray(at + 8, end);
    if (KEPT.has(type)) chunks.push({ type, body });
    else if (type === 'EXIF') orientation = readOrientation(withoutName(body));
    at = end + (end % 2);
  }
  const [first] = chunks;
  if (!first) throw new BrokenImage();
  const size = sizeOf(first);
  if (first.type === 'VP8X') {
    const flags = first.body.readUInt8(0) & ~(HAS_EXIF | HAS_XMP);
    first.body = Buffer.from(first.body);
    first.body.writeUInt8(orientation === 1 ? flags : flags | HAS_EXIF, 0);
    if (orientation !== 1) chunks.push({ type: 'EXIF', body: orientationBlock(orientation) });
  }
  return { ...size, bytes: riff(chunks) };
}

/** Some writers put the name that JPEG wants in front of the block. */
function withoutName(body: Buffer): Buffer {
  return body.toString('latin1', 0, 6) === 'Exif\0\0' ? body.subarray(6) : body;
}

function sizeOf({ type, body }: { type: string; body: Buffer }): { width: number; height: number } {
  if (body.length < 10) throw new BrokenImage();
  switch (type) {
    case 'VP8X':
      return { width: body.readUIntLE(4, 3) + 1, height: body.readUIntLE(7, 3) + 1 };
    case 'VP8L': {
      if (body[0] !== 0x2f) throw new BrokenImage();
      const bits = body.readUInt32LE(1);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8 ':
      if (body.readUIntBE(3, 3) !== 0x9d012a) throw new BrokenImage();
      return { width: body.readUInt16LE(6) & 0x3fff, height: body.readUInt16LE(8) & 0x3fff };
    default:
      throw new BrokenImage();
  }
}

function riff(chunks: { type: string; body: Buffer }[]): Buffer {
  const parts = chunks.flatMap(({ type, body }) => {
    const head = Buffer.alloc(8);
    head.write(type, 0, 'latin1');
    head.writeUInt32LE(body.length, 4);
    return [head, body, ...(body.length % 2 === 1 ? [Buffer.alloc(1)] : [])];
  });
  const content = Buffer.concat([Buffer.from('WEBP', 'latin1'), ...parts]);
  const head = Buffer.alloc(8);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content]);
}

function tag(bytes: Buffer, at: number): string {
  return bytes.toString('latin1', at, at + 4);
}
