import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'redis';
import { freePort } from './free-port.js';
import { programPath } from './programs.js';
import { ServerProcess } from './server-process.js';

/** A real Redis on a loopback port of its own, which tests may kill, pause and restart. */
export class RedisServer {
  private constructor(
    readonly port: number,
    private readonly folder: string,
    private readonly args: string[],
    private server: ServerProcess,
  ) {}

  /** @param args more of redis-server's own, such as `--requirepass`, `x` */
  static async start(args: string[] = []): Promise<RedisServer> {
    const port = await freePort();
    const folder = await mkdtemp(join(tmpdir(), 'simpul-redis-'));
    const redis = new RedisServer(port, folder, args, launch(port, folder, args));
    await redis.ready();
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Asks it something as its administrator would. */
  ask(command: string[], password?: string): Promise<unknown> {
    return askAt(this.port, command, password);
  }

  get pid(): number {
    return this.server.pid;
  }

  get logs(): string {
    return this.server.logs;
  }

  /** The port refuses connections until `restartEmpty`. */
  kill(): Promise<void> {
    return this.server.kill();
  }

  /** On the same port, remembering nothing. */
  async restartEmpty(): Promise<void> {
    await this.server.kill();
    this.server = launch(this.port, this.folder, this.args);
    await this.ready();
  }

  /** Connections stay open and nothing answers: a black hole. */
  pause(): void {
    this.server.pause();
  }

  resume(): void {
    this.server.resume();
  }

  async stop(): Promise<void> {
    await this.server.kill();
    await rm(this.folder, { recursive: true, force: true });
  }

  private ready(): Promise<void> {
    return this.server.ready(() => answers(this.port));
  }
}

export async function askAt(port: number, command: string[], password?: string): Promise<unknown> {
  const client = createClient({ password, socket: { host: '127.0.0.1', port, reconnectStrategy: false } });
  // The promises below say the same.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await client.sendCommand(command);
  } finally {
    client.destroy();
  }
}

function launch(port: number, folder: string, args: string[]): ServerProcess {
  const own = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
    '--save',
    '',
    '--appendonly',
    'no',
  ];
  return ServerProcess.spawn(programPath('redis-server'), [...own, ...args]);
}

/** Any answer will do: with a password it is a refusal. */
export function answers(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.setTimeout(1_000, () => socket.destroy());
    socket.once('data', () => {
      answer(true);
      socket.destroy();
    });
    socket.once('error', () => socket.destroy()).once('close', () => answer(false));
  });
}
