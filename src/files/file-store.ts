import type { Readable } from 'node:stream';

/** A part of the bytes, both ends included. */
export interface ByteRange {
  first: number;
  last: number;
}

/**
 * Where bytes live, under random keys. A row in the database names the key before the first byte comes and goes after
 * the last one went: nothing is here that no row knows of.
 */
export interface FileStore {
  /** Whether the place can be used; told at the start. @throws StartProblem */
  check(): Promise<void>;
  /** Writes a piece of what is coming in; answered when it is on the disk. */
  receive(key: string, offset: number, bytes: Buffer): Promise<void>;
  /** Bytes that came in. */
  peek(key: string, range: ByteRange): Promise<Buffer>;
  /** Makes what came in, or `content` in its place, a file that is whole or not there. Again is the same. */
  keep(key: string, content?: Buffer): Promise<void>;
  /** What came in is needed no more. */
  forget(key: string): Promise<void>;
  open(key: string, range?: ByteRange): Promise<Readable>;
  /** Everything under this key; that it is gone already is no fault. */
  remove(key: string): Promise<void>;
}

export const FILE_STORE = Symbol('FileStore');
