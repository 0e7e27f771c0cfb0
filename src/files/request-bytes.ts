import type { IncomingMessage } from 'node:http';
import { AppError } from '#libs/contracts';

/**
 * The body of a request, no more than `limit` bytes of it.
 * @throws AppError `frame-too-large`; `unavailable` when it was cut off on the way
 */
export async function requestBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      length += part.length;
      if (length <= limit) parts.push(part);
      // A little more is read and dropped, or the answer would never be seen.
      else if (length > 4 * limit) break;
      else parts.length = 0;
    }
  } catch {
    throw new AppError('unavailable', {});
  }
  if (length > limit) throw new AppError('frame-too-large', { limit });
  return Buffer.concat(parts);
}
