import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.js';
import { ServerProcess } from './server-process.js';

const PROGRAM = fileURLToPath(new URL('s3-server.mjs', import.meta.url));

/** An S3-speaking server with one bucket on a loopback port of its own; it checks signatures. */
export class S3Server {
  private constructor(
    readonly port: number,
    readonly folder: string,
    private server: ServerProcess,
  ) {}

  static async start(): Promise<S3Server> {
    const port = await freePort();
    const folder = await mkdtemp(join(tmpdir(), 'simpul-s3-'));
    const s3 = new S3Server(port, folder, launch(port, folder));
    await s3.ready();
    return s3;
  }

  /** As SIMPUL_S3_URL names it. The secret is the one this server knows. */
  url({ secret = 'S3RVER', bucket = 'simpul' } = {}): string {
    return `http://S3RVER:${secret}@127.0.0.1:${this.port}/${bucket}`;
  }

  /** It answers nothing, or again. */
  pause(): void {
    this.server.pause();
  }

  resume(): void {
    this.server.resume();
  }

  async kill(): Promise<void> {
    await this.server.kill();
  }

  async restart(): Promise<void> {
    this.server = launch(this.port, this.folder);
    await this.ready();
  }

  async stop(): Promise<void> {
    await this.server.kill();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async ready(): Promise<void> {
    await this.server.ready(async () => (await fetch(`http://127.0.0.1:${this.port}/`)).status > 0);
  }
}

function launch(port: number, folder: string): ServerProcess {
  const where = ['--address', '127.0.0.1', '--port', String(port), '--directory', folder];
  return ServerProcess.spawn(process.execPath, [
    PROGRAM,
    ...where,
    '--silent',
    '--configure-bucket',
    'simpul',
  ]);
}
