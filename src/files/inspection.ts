import { AppError } from '#libs/contracts';
import { BrokenImage, cleanerFor, gifSize } from '#libs/images';
import type { FileRow } from './file.rows.js';
import type { FileStore } from './file-store.js';
import { fileTypeOf, LOOK_BYTES, refusedType, type FileType } from './file-type.js';

/** Browsers unpack a picture to four bytes a pixel. */
const PIXELS = 100_000_000;

export interface Inspected extends FileType {
  /** Bytes that are kept. */
  size: number;
}

/**
 * Looks at what came in and keeps it: finds out what it is, refuses what nobody may have, and takes out of a picture
 * what its camera wrote. Nothing is unpacked or drawn.
 *
 * @throws AppError `file.type-refused`, `file.image-too-big`, `file.image-broken`
 */
export async function inspect(store: FileStore, row: FileRow): Promise<Inspected> {
  const key = row.storage_key;
  const size = Number(row.received);
  const head = await store.peek(key, { first: 0, last: Math.min(size, LOOK_BYTES) - 1 });
  const refused = refusedType(head);
  if (refused) throw new AppError('file.type-refused', { reason: refused });
  const tail = await store.peek(key, { first: Math.max(0, size - LOOK_BYTES), last: size - 1 });
  const type = fileTypeOf(head, tail);
  const clean = cleanerFor(type.mediaType);
  try {
    if (type.mediaType === 'image/gif') assertPixels(gifSize(head));
    if (!clean) {
      await store.keep(key);
      return { ...type, size };
    }
    const image = clean(await store.peek(key, { first: 0, last: size - 1 }));
    assertPixels(image);
    await store.keep(key, image.bytes);
    return { ...type, size: image.bytes.length };
  } catch (error) {
    if (error instanceof BrokenImage) throw new AppError('file.image-broken', {});
    throw error;
  }
}

function assertPixels({ width, height }: { width: number; height: number }): void {
  if (width === 0 || height === 0) throw new BrokenImage();
  if (width * height > PIXELS) throw new AppError('file.image-too-big', { limit: PIXELS });
}
