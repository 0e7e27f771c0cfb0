import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What it does with the next ones it is asked about. `script`: finds something in what holds this text. */
export type Mood = 'scanning' | 'hanging' | 'garbage' | 'endless' | 'hanging-up' | 'too-large';

/** A virus scanner's side of INSTREAM, with the faults a real one may have. */
export class FakeClamd {
  mood: Mood = 'scanning';
  asked = 0;
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async start(port = 0): Promise<FakeClamd> {
    const server = createServer();
    const clamd = new FakeClamd(server);
    server.on('connection', (socket) => clamd.serve(socket));
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return clamd;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private serve(socket: Socket): void {
    this.asked++;
    this.sockets.add(socket);
    const parts: Buffer[] = [];
    socket.on('error', () => undefined).on('close', () => this.sockets.delete(socket));
    if (this.mood === 'hanging-up') socket.destroy();
    socket.on('data', (bytes: Buffer) => {
      parts.push(bytes);
      // Its last piece is an empty one: nothing to look at before four zeros.
      if (!bytes.subarray(-4).equals(Buffer.alloc(Math.min(4, bytes.length)))) return;
      const content = streamed(Buffer.concat(parts));
      if (content) this.answer(socket, content);
    });
  }

  private answer(socket: Socket, content: Buffer): void {
    switch (this.mood) {
      case 'scanning':
        socket.end(content.includes('EICAR') ? 'stream: Eicar-Test-Signature FOUND\0' : 'stream: OK\0');
        break;
      case 'garbage':
        socket.end('HTTP/1.1 200 OK\r\n\r\nstream: OK\0');
        break;
      case 'endless':
        socket.write('stream: '.repeat(2_000));
        break;
      case 'too-large':
        socket.end('INSTREAM size limit exceeded. ERROR\0');
        break;
      case 'hanging':
      case 'hanging-up':
        break;
    }
  }
}

/** The pieces put together; undefined while they are not all here. @throws when it is not INSTREAM */
function streamed(got: Buffer): Buffer | undefined {
  const command = 'zINSTREAM\0';
  if (got.length < command.length) return undefined;
  if (got.toString('latin1', 0, command.length) !== command) throw new Error('not INSTREAM');
  const pieces: Buffer[] = [];
  for (let at = command.length; at + 4 <= got.length;) {
    const length = got.readUInt32BE(at);
    if (length === 0) return Buffer.concat(pieces);
    if (at + 4 + length > got.length) return undefined;
    pieces.push(got.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return undefined;
}
