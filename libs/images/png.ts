import { crc32 } from 'node:zlib';
import { BrokenImage, type CleanImage } from './image.js';
import { orientationBlock, readOrientation } from './orientation.js';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
/** What draws the picture, also a moving one. Texts, times and EXIF are not among them. */
const KEPT = new Set(
  'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP bKGD hIST pHYs sPLT acTL fcTL fdAT'.split(' '),
);

/** A PNG with only what draws it and which way up it is; nothing behind its end. */
export function cleanPng(bytes: Buffer): CleanImage {
  if (!bytes.subarray(0, 8).equals(SIGNATURE)) throw new BrokenImage();
  const kept: Buffer[] = [SIGNATURE];
  let size: { width: number; height: number } | undefined;
  for (let at = 8; ;) {
    if (at + 12 > bytes.length) throw new BrokenImage();
    const end = at + 12 + bytes.readUInt32BE(at);
    if (end > bytes.length) throw new BrokenImage();
    const type = bytes.toString('latin1', at + 4, at + 8);
    const body = bytes.subarray(at + 8, end - 4);
    if (type === 'IHDR') {
      if (size || body.length !== 13) throw new BrokenImage();
      size = { width: body.readUInt32BE(0), height: body.readUInt32BE(4) };
    }
    if (!size) throw new BrokenImage();
    if (KEPT.has(type)) kept.push(bytes.subarray(at, end));
    else if (type === 'eXIf') {
      const orientation = readOrientation(body);
      if (orientation !== 1) kept.push(chunk('eXIf', orientationBlock(orientation)));
    }
    if (type === 'IEND') return { ...size, bytes: Buffer.concat(kept) };
    at = end;
  }
}

function chunk(type: string, body: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const framed = Buffer.alloc(content.length + 8);
  framed.writeUInt32BE(body.length, 0);
  content.copy(framed, 4);
  framed.writeUInt32BE(crc32(content), content.length + 4);
  return framed;
}
