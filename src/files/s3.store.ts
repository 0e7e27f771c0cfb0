import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  NotFound,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { Logger } from '@nestjs/common';
import { AppError } from '#libs/contracts';
import { StartProblem } from '#libs/database';
import type { Bucket } from '../config/environment.rules.js';
import type { ByteRange, FileStore } from './file-store.js';

const KEY = /^[0-9a-f]{32}$/;
const CONNECT_MS = 3_000;
const ANSWER_MS = 20_000;

interface Piece {
  key: string;
  offset: number;
  size: number;
}

/**
 * Files in a bucket of an S3-speaking store. What comes in is one object a piece, named by where it begins: a piece
 * that is sent again replaces itself. An object is there whole or not at all, so nothing half-written is ever seen.
 */
export class S3Store implements FileStore {
  private readonly client: S3Client;
  private readonly bucket: string;

  constructor({ endpoint, name, region, key, secret }: Bucket) {
    this.bucket = name;
    this.client = new S3Client({
      endpoint,
      region,
      credentials: { accessKeyId: key, secretAccessKey: secret },
      // The one form that every such store understands.
      forcePathStyle: true,
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      maxAttempts: 3,
      requestHandler: {
        connectionTimeout: CONNECT_MS,
        requestTimeout: ANSWER_MS,
        throwOnRequestTimeout: true,
        httpAgent: { maxSockets: 32 },
        httpsAgent: { maxSockets: 32 },
      },
    });
  }

  async check(): Promise<void> {
    try {
      // Whether it may be written to shows only by doing so.
      const probe = { Bucket: this.bucket, Key: `check/${randomUUID()}` };
      await this.client.send(new PutObjectCommand({ ...probe, Body: 'simpul' }));
      await this.client.send(new DeleteObjectCommand(probe));
    } catch (error) {
      throw new StartProblem(
        'Wadah berkas tidak dapat dipakai; periksa alamat, kunci, dan namanya di SIMPUL_S3_URL' +
          ' / The bucket for files cannot be used; check address, key and name in SIMPUL_S3_URL',
        { cause: error },
      );
    }
  }

  async receive(key: string, offset: number, bytes: Buffer): Promise<void> {
    await this.put(pieceAt(key, offset), bytes);
  }

  async peek(key: string, { first, last }: ByteRange): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (const piece of await this.pieces(key)) {
      const [from, to] = [Math.max(first, piece.offset), Math.min(last, piece.offset + piece.size - 1)];
      if (from > to) continue;
      parts.push(await this.read(piece.key, { first: from - piece.offset, last: to - piece.offset }));
    }
    return Buffer.concat(parts);
  }

  async keep(key: string, content?: Buffer): Promise<void> {
    await this.put(kept(key), content ?? (await this.peek(key, { first: 0, last: Number.MAX_SAFE_INTEGER })));
  }

  async forget(key: string): Promise<void> {
    for (const piece of await this.pieces(key)) await this.delete(piece.key);
  }

  async open(key: string, range?: ByteRange): Promise<Readable> {
    const { Body } = await answered(
      this.client.send(
        new GetObjectCommand({ Bucket: this.bucket, Key: kept(key), Range: range && headerOf(range) }),
      ),
    );
    if (!Body) throw new AppError('unavailable', {});
    // In Node it is always the response itself.
    return Body as Readable;
  }

  async remove(key: string): Promise<void> {
    await this.delete(kept(key));
    await this.forget(key);
  }

  /** What came in, in order: each begins where the one before it ends. */
  private async pieces(key: string): Promise<Piece[]> {
    const pieces: Piece[] = [];
    let offset = 0;
    for (;;) {
      const object = pieceAt(key, offset);
      const size = await this.sizeOf(object);
      if (!size) return pieces;
      pieces.push({ key: object, offset, size });
      offset += size;
    }
  }

  /** Undefined: it is not there. */
  private async sizeOf(object: string): Promise<number | undefined> {
    const asked = this.client
      .send(new HeadObjectCommand({ Bucket: this.bucket, Key: object }))
      .catch((error: unknown) => {
        if (error instanceof NotFound) return undefined;
        throw error;
      });
    return (await answered(asked))?.ContentLength;
  }

  private async put(object: string, body: Buffer): Promise<void> {
    await answered(this.client.send(new PutObjectCommand({ Bucket: this.bucket, Key: object, Body: body })));
  }

  private async read(object: string, range: ByteRange): Promise<Buffer> {
    const { Body } = await answered(
      this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: object, Range: headerOf(range) })),
    );
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  }

  private async delete(object: string): Promise<void> {
    await answered(this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: object })));
  }
}

function pieceAt(key: string, offset: number): string {
  return `incoming/${checked(key)}/${offset}`;
}

function kept(key: string): string {
  return `kept/${checked(key)}`;
}

function checked(key: string): string {
  if (!KEY.test(key)) throw new Error('not a key of this store');
  return key;
}

function headerOf({ first, last }: ByteRange): string {
  return `bytes=${first}-${last}`;
}

/** @throws AppError `unavailable` whatever is wrong: what was asked for is in our own rows, so it should be there */
async function answered<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    Logger.warn({ err: error, msg: 'the bucket for files refuses or is away' }, 'Files');
    throw new AppError('unavailable', {});
  }
}
