import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

interface Pair {
  client: Socket;
  server: Socket;
  /** What came from the server and is not a whole WebSocket frame yet. */
  rest: Buffer;
  upgraded: boolean;
  /** Ends the wait before what is held back goes on. */
  late: Promise<void>;
}

export interface LinkFault {
  /** Nothing passes either way, and both ends believe the connection lives. */
  silent?: boolean;
  /** What the server says is not read any more: its own buffers fill. */
  stalled?: boolean;
  /** Each piece is this late, by a draw: later pieces wait for earlier ones, as in TCP. */
  jitterMs?: () => number;
  /** Of each Socket.IO acknowledgement from the server: whether it gets lost. */
  losesAck?: () => boolean;
}

/** A loopback wire between a client and a server that tests may cut, silence, slow down and rob of acknowledgements. */
export class TcpProxy {
  /** Acknowledgements that were lost so far. */
  acksLost = 0;
  private fault: LinkFault = {};
  private readonly pairs = new Set<Pair>();

  private constructor(
    private readonly target: number,
    private readonly server: Server,
  ) {}

  static async start(target: number): Promise<TcpProxy> {
    const server = createServer();
    const proxy = new TcpProxy(target, server);
    server.on('connection', (client) => proxy.join(client));
    await new Promise<void>((done, fail) => server.once('error', fail).listen(0, '127.0.0.1', done));
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** From now on; `{}` heals. Silent connections of before stay silent: like a lost route, they never come back. */
  become(fault: LinkFault): void {
    const wasStalled = this.fault.stalled;
    this.fault = fault;
    for (const { server } of this.pairs) {
      if (fault.stalled) server.pause();
      else if (wasStalled) server.resume();
    }
  }

  /** Every connection breaks; new ones may be made. */
  cut(): void {
    for (const { client, server } of this.pairs) {
      client.resetAndDestroy();
      server.resetAndDestroy();
    }
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise((done) => this.server.close(done));
  }

  private join(client: Socket): void {
    const server = connect(this.target, '127.0.0.1');
    const pair: Pair = { client, server, rest: Buffer.alloc(0), upgraded: false, late: Promise.resolve() };
    this.pairs.add(pair);
    let lost = false;
    const pass = (to: Socket, piece: Buffer): void => {
      lost ||= Boolean(this.fault.silent);
      if (lost || piece.length === 0) return;
      const { jitterMs } = this.fault;
      if (!jitterMs) return void to.write(piece);
      pair.late = pair.late.then(
        () => new Promise((done) => setTimeout(() => (to.write(piece), done()), jitterMs())),
      );
    };
    client.on('data', (piece: Buffer) => pass(server, piece));
    server.on('data', (piece: Buffer) => pass(client, this.withoutLostAcks(pair, piece)));
    const end = (): void => {
      this.pairs.delete(pair);
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      socket.on('error', end).on('close', end);
    }
    if (this.fault.stalled) server.pause();
  }

  private withoutLostAcks(pair: Pair, piece: Buffer): Buffer {
    pair.rest = Buffer.concat([pair.rest, piece]);
    const through: Buffer[] = [];
    if (!pair.upgraded) {
      const end = pair.rest.indexOf('\r\n\r\n');
      if (end < 0) return Buffer.alloc(0);
      pair.upgraded = true;
      through.push(pair.rest.subarray(0, end + 4));
      pair.rest = pair.rest.subarray(end + 4);
    }
    for (let frame = firstFrame(pair.rest); frame; frame = firstFrame(pair.rest)) {
      pair.rest = pair.rest.subarray(frame.whole.length);
      // Engine.IO message (4), Socket.IO acknowledgement (3).
      const isAck = frame.payload.subarray(0, 2).equals(Buffer.from('43'));
      if (isAck && this.fault.losesAck?.()) this.acksLost++;
      else through.push(frame.whole);
    }
    return Buffer.concat(through);
  }
}

/** A server's frames are not masked. */
function firstFrame(bytes: Buffer): { whole: Buffer; payload: Buffer } | undefined {
  if (bytes.length < 2) return undefined;
  const short = bytes.readUInt8(1) & 0x7f;
  const head = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (bytes.length < head) return undefined;
  const length =
    short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  if (bytes.length < head + length) return undefined;
  return { whole: bytes.subarray(0, head + length), payload: bytes.subarray(head, head + length) };
}
