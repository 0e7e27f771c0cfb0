import { crc32 } from 'node:zlib';

/** Three pictures of 8 by 4 pixels, the left half yellow, as a browser writes them: with colours (ICC), nothing else. */
export const JPEG = Buffer.from(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/4gHYSUNDX1BST0ZJTEUAAQEAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADb/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAEAAgDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAL/xAAYEAEAAwEAAAAAAAAAAAAAAAAABkSCwf/EABUBAQEAAAAAAAAAAAAAAAAAAAME/8QAHBEAAQMFAAAAAAAAAAAAAAAAAAKBsQEEBTM0/9oADAMBAAIRAxEAPwCZLW1wAOP5kvNSa83KaD//2Q==',
  'base64',
);
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAECAYAAACzzX7wAAAAKUlEQVR4AaTKoQ0AAAgDQdIExYYI1mQvFii2DsEn5x7TThVZVLCj/7AAAAD///EIpNMAAAAGSURBVAMAHJgRxed6fy4AAAAASUVORK5CYII=',
  'base64',
);
export const WEBP = Buffer.from(
  'UklGRi4CAABXRUJQVlA4WAoAAAAgAAAABwAAAwAASUNDUMgBAAAAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADZWUDggQAAAAPABAJ0BKggABAACwEwlqAJ0R//uAAODAAD+6hv/+gIf/sOv+v8L+f/9F8T0m/m//RfE0j/+sLA/qQf+CzXpMAA=',
  'base64',
);

/** What a phone writes: which way up, and `SECRET` where the place would stand. */
export const SECRET = 'GPS 1.6101 S 103.6131 E';

export function exif(orientation: number, order: 'II' | 'MM' = 'II'): Buffer {
  const block = Buffer.alloc(38 + SECRET.length);
  const u16 = (value: number, at: number) =>
    order === 'II' ? block.writeUInt16LE(value, at) : block.writeUInt16BE(value, at);
  const u32 = (value: number, at: number) =>
    order === 'II' ? block.writeUInt32LE(value, at) : block.writeUInt32BE(value, at);
  block.write(order, 0, 'latin1');
  u16(42, 2);
  u32(8, 4);
  u16(2, 8);
  u16(0x0112, 10);
  u16(3, 12);
  u32(1, 14);
  u16(orientation, 18);
  u16(0x8825, 22);
  u16(4, 24);
  u32(1, 26);
  u32(38, 30);
  block.write(SECRET, 38, 'latin1');
  return block;
}

export function jpegSegment(code: number, body: Buffer): Buffer {
  const head = Buffer.of(0xff, code, 0, 0);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** A photo with everything in it that nobody asked for. */
export function jpegOfPhone(orientation: number): Buffer {
  const words = (text: string) => Buffer.from(`${text}${SECRET}`, 'latin1');
  return Buffer.concat([
    JPEG.subarray(0, 20),
    jpegSegment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exif(orientation)])),
    jpegSegment(0xe1, words('http://ns.adobe.com/xap/1.0/\0')),
    jpegSegment(0xe2, words('MPF\0')),
    jpegSegment(0xed, words('Photoshop 3.0\0')),
    jpegSegment(0xef, words('maker')),
    jpegSegment(0xfe, words('comment')),
    JPEG.subarray(20),
    // The second picture of a depth photo, or a script behind the end.
    words('\xff\xd8 trailer'),
  ]);
}

export function pngChunk(type: string, body: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const framed = Buffer.alloc(content.length + 8);
  framed.writeUInt32BE(body.length, 0);
  content.copy(framed, 4);
  framed.writeUInt32BE(crc32(content), content.length + 4);
  return framed;
}

const PNG_HEAD = 33;

export function pngOfPhone(orientation: number): Buffer {
  const words = Buffer.from(`Comment\0${SECRET}`, 'latin1');
  return Buffer.concat([
    PNG.subarray(0, PNG_HEAD),
    pngChunk('eXIf', exif(orientation, 'MM')),
    pngChunk('tEXt', words),
    pngChunk('iTXt', words),
    pngChunk('zTXt', words),
    pngChunk('tIME', Buffer.alloc(7)),
    pngChunk('prVt', words),
    PNG.subarray(PNG_HEAD),
    words,
  ]);
}

/** A PNG that says it has so many pixels, and has hardly any bytes. */
export function pixelBomb(width: number, height: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([PNG.subarray(0, 8), pngChunk('IHDR', head), PNG.subarray(PNG_HEAD)]);
}

export function webpChunk(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 0, 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
}

export function webpOfPhone(orientation: number): Buffer {
  const chunks = Buffer.concat([
    WEBP.subarray(12),
    webpChunk('EXIF', Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exif(orientation)])),
    webpChunk('XMP ', Buffer.from(SECRET, 'latin1')),
    webpChunk('ODD!', Buffer.from(SECRET, 'latin1')),
  ]);
  const content = Buffer.concat([Buffer.from('WEBP', 'latin1'), chunks]);
  // EXIF and XMP are said to be there.
  content.writeUInt8(content.readUInt8(12) | 0x0c, 12);
  return Buffer.concat([webpChunk('RIFF', content), Buffer.from(SECRET, 'latin1')]);
}
