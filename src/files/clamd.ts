import { connect } from 'node:net';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Transform } from 'node:stream';

/** What the scanner found. */
export type Verdict = { clean: true } | { clean: false; signature: string };

/** Whoever can tell whether bytes are harmless. */
export interface Scanner {
  /** @throws ScannerProblem */
  scan(content: Readable): Promise<Verdict>;
}

/** A `Scanner`, or null: this installation has none. */
export const SCANNER = Symbol('Scanner');

/** The scanner was away, silent, or said something nobody understands: ask again later. */
export class ScannerProblem extends Error {}

const ANSWER_BYTES = 4_096;

/**
 * Asks a clamd: INSTREAM, each piece behind its length, an empty piece at the end, one line as the answer.
 * @throws ScannerProblem
 */
export class Clamd implements Scanner {
  constructor(
    private readonly address: { host: string; port: number },
    private readonly timeoutMs = 60_000,
  ) {}

  async scan(content: Readable): Promise<Verdict> {
    const socket = connect(this.address);
    const limit = setTimeout(() => socket.destroy(new ScannerProblem('it took too long')), this.timeoutMs);
    try {
      const answer = readAnswer(socket);
      // A scanner that has seen enough answers while we still write: then the answer counts.
      void pipeline(content, framed(), socket, { end: false }).catch((error: Error) => socket.destroy(error));
      return verdictOf(await answer);
    } catch (error) {
      throw error instanceof ScannerProblem ? error : new ScannerProblem('it is away', { cause: error });
    } finally {
      clearTimeout(limit);
      content.destroy();
      socket.destroy();
    }
  }
}

function framed(): Transform {
  let begun = false;
  const start = (stream: Transform) => {
    if (!begun) stream.push(Buffer.from('zINSTREAM\0', 'latin1'));
    begun = true;
  };
  return new Transform({
    transform(bytes: Buffer, _encoding, done) {
      start(this);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      this.push(length);
      this.push(bytes);
      done();
    },
    flush(done) {
      start(this);
      this.push(Buffer.alloc(4));
      done();
    },
  });
}

async function readAnswer(socket: Readable): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    socket.on('data', (bytes: Buffer) => {
      text += bytes.toString('latin1');
      const end = text.indexOf('\0');
      if (end >= 0) resolve(text.slice(0, end));
      else if (text.length > ANSWER_BYTES) reject(new ScannerProblem('its answer has no end'));
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new ScannerProblem('it hung up without an answer')));
  });
}

function verdictOf(text: string): Verdict {
  if (text === 'stream: OK') return { clean: true };
  const found = /^stream: (.+) FOUND$/.exec(text);
  if (found?.[1]) return { clean: false, signature: found[1] };
  throw new ScannerProblem('its answer is neither OK nor FOUND');
}
