import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A network line before a server that a test can make deaf in one direction, and cut. */
export class CutLine {
  /** What the server said first on each connection, in the order of connecting. */
  readonly firstAnswers: string[] = [];
  private readonly pairs = new Set<[Socket, Socket]>();
  private deafAfter: { word: string; left: number } | undefined;

  private constructor(private readonly server: Server) {}

  static async before(url: string): Promise<CutLine> {
    const { hostname, port } = new URL(url);
    const server = createServer();
    const line = new CutLine(server);
    server.on('connection', (near) => line.join(near, connect(Number(port), hostname)));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return line;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** From the `count`th time on that `word` comes from the server, nothing of it gets through any more. */
  deafen(word: string, count: number): void {
    this.deafAfter = { word, left: count };
  }

  /** Whether it has heard the word often enough and lets nothing through. */
  get isDeaf(): boolean {
    return this.deafAfter !== undefined && this.deafAfter.left <= 0;
  }

  /** All connections at once, without a farewell. New ones hear again. */
  cut(): void {
    this.deafAfter = undefined;
    for (const pair of this.pairs) for (const socket of pair) socket.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    this.server.close();
    await once(this.server, 'close');
  }

  private join(near: Socket, far: Socket): void {
    const pair: [Socket, Socket] = [near, far];
    this.pairs.add(pair);
    for (const socket of pair) {
      socket.on('error', () => undefined);
      socket.once('close', () => {
        this.pairs.delete(pair);
        for (const each of pair) each.destroy();
      });
    }
    near.pipe(far);
    far.once('data', (chunk) => this.firstAnswers.push(chunk.toString('latin1')));
    far.on('data', (chunk) => {
      if (this.isHeard(chunk)) near.write(chunk);
    });
    far.once('end', () => near.end());
  }

  private isHeard(chunk: Buffer): boolean {
    if (!this.deafAfter) return true;
    const { word } = this.deafAfter;
    this.deafAfter.left -= chunk.toString('latin1').split(word).length - 1;
    return !this.isDeaf;
  }
}
