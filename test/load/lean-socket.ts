import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

// One for all sockets: what was read is used up, or copied, before the next read.
const SHARED = Buffer.allocUnsafe(1 << 20);
const OPEN_MS = 20_000;

export interface LeanSocketOptions {
  port: number;
  path: string;
  headers?: Record<string, string>;
  /** One text message. The bytes are only good until this returns. */
  text(payload: Buffer): void;
  closed?(): void;
}

/** A WebSocket client that does nothing but cut the stream into messages: a generator must not be what is measured. */
export class LeanSocket {
  private rest: Buffer | undefined;
  private upgraded = false;
  private socket: Socket;
  isOpen = false;

  private constructor(
    private readonly options: LeanSocketOptions,
    private readonly settle: (error?: Error) => void,
  ) {
    const { port, path, headers } = options;
    this.socket = connect({
      host: '127.0.0.1',
      port,
      noDelay: true,
      onread: {
        buffer: SHARED,
        callback: (n, buffer) => {
          this.read((buffer as Buffer).subarray(0, n));
          return true;
        },
      },
    });
    this.socket.once('connect', () => {
      const lines = [
        `GET ${path} HTTP/1.1`,
        `Host: 127.0.0.1:${port}`,
        'Upgrade: websocket',
        'Connection: Upgrade',
        `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
        'Sec-WebSocket-Version: 13',
        ...Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${value}`),
      ];
      this.socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    });
    this.socket.on('error', (error) => settle(error));
    this.socket.once('close', () => {
      this.isOpen = false;
      settle(new Error('closed before it was open'));
      options.closed?.();
    });
  }

  /** @throws when it is refused, or not open within 20 s */
  static open(options: LeanSocketOptions): Promise<LeanSocket> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        lean.close();
        reject(new Error('the WebSocket did not open in time'));
      }, OPEN_MS);
      const lean = new LeanSocket(options, (error) => {
        clearTimeout(timer);
        if (error) reject(error);
        else resolve(lean);
      });
    });
  }

  send(text: string): void {
    if (!this.isOpen) return;
    const length = Buffer.byteLength(text);
    const head = length < 126 ? 6 : length < 65_536 ? 8 : 14;
    const frame = Buffer.allocUnsafe(head + length);
    frame[0] = 0x81;
    if (head === 6) frame[1] = 0x80 | length;
    else if (head === 8) {
      frame[1] = 0x80 | 126;
      frame.writeUInt16BE(length, 2);
    } else {
      frame[1] = 0x80 | 127;
      frame.writeBigUInt64BE(BigInt(length), 2);
    }
    // A mask of zeros leaves the text as it is.
    frame.writeUInt32BE(0, head - 4);
    frame.write(text, head);
    this.socket.write(frame);
  }

  pause(): void {
    this.socket.pause();
  }

  close(): void {
    this.socket.destroy();
  }

  private read(chunk: Buffer): void {
    let data = this.rest ? Buffer.concat([this.rest, chunk]) : chunk;
    this.rest = undefined;
    if (!this.upgraded) {
      const end = data.indexOf('\r\n\r\n');
      if (end < 0) {
        this.rest = Buffer.from(data);
        return;
      }
      const status = data.toString('latin1', 9, 12);
      if (status !== '101') {
        this.settle(new Error(`the WebSocket was refused with ${status}`));
        this.close();
        return;
      }
      this.upgraded = true;
      this.isOpen = true;
      data = data.subarray(end + 4);
      this.settle();
    }
    this.cut(data);
  }

  private cut(data: Buffer): void {
    let at = 0;
    while (data.length - at >= 2) {
      const opcode = (data[at] ?? 0) & 0x0f;
      const short = (data[at + 1] ?? 0) & 0x7f;
      const head = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (data.length - at < head) break;
      const length =
        short < 126
          ? short
          : short === 126
            ? data.readUInt16BE(at + 2)
            : Number(data.readBigUInt64BE(at + 2));
      const end = at + head + length;
      if (data.length < end) break;
      if (opcode === 1) this.options.text(data.subarray(at + head, end));
      else if (opcode === 8) return this.close();
      at = end;
    }
    // A copy: the shared buffer is read into again.
    if (at < data.length) this.rest = Buffer.from(data.subarray(at));
  }
}
