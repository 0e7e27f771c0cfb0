import { cleanJpeg } from './jpeg.js';
import { BrokenImage, type CleanImage } from './image.js';
import { cleanPng } from './png.js';
import { cleanWebp } from './webp.js';

const CLEANERS: Readonly<Record<string, (bytes: Buffer) => CleanImage>> = {
  'image/jpeg': cleanJpeg,
  'image/png': cleanPng,
  'image/webp': cleanWebp,
};

/** How a picture of this type is cleaned; `undefined` for what is kept as it came. */
export function cleanerFor(mediaType: string): ((bytes: Buffer) => CleanImage) | undefined {
  return Object.hasOwn(CLEANERS, mediaType) ? CLEANERS[mediaType] : undefined;
}

/** Width and height a GIF says it has. */
export function gifSize(head: Buffer): { width: number; height: number } {
  if (head.length < 10) throw new BrokenImage();
  return { width: head.readUInt16LE(6), height: head.readUInt16LE(8) };
}
