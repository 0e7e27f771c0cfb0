import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.js';
import { programPath } from './programs.js';
import { ServerProcess } from './server-process.js';

export interface HaproxyOptions {
  port?: number;
  balance?: 'roundrobin' | 'leastconn';
  /** How long a silent WebSocket stays open. */
  tunnelTimeout?: string;
}

/** HAProxy before instances of the app: only those that say they are ready get new connections. */
export class Haproxy {
  private constructor(
    readonly port: number,
    private readonly folder: string,
    private server: ServerProcess,
  ) {}

  static async start(appPorts: number[], options: HaproxyOptions = {}): Promise<Haproxy> {
    const port = options.port ?? (await freePort());
    const folder = await mkdtemp(join(tmpdir(), 'simpul-haproxy-'));
    await writeFile(join(folder, FILE), configuration(port, appPorts, options));
    const proxy = new Haproxy(port, folder, launch(folder));
    await proxy.server.ready(() => accepts(port));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get logs(): string {
    return this.server.logs;
  }

  /** Every connection breaks, and new ones may be made. */
  async restart(): Promise<void> {
    await this.server.kill();
    this.server = launch(this.folder);
    await this.server.ready(() => accepts(this.port));
  }

  async stop(): Promise<void> {
    await this.server.kill();
    await rm(this.folder, { recursive: true, force: true });
  }
}

const FILE = 'haproxy.cfg';

function launch(folder: string): ServerProcess {
  return ServerProcess.spawn(programPath('haproxy'), ['-db', '-f', join(folder, FILE)]);
}

function configuration(port: number, appPorts: number[], { balance, tunnelTimeout }: HaproxyOptions): string {
  return `
global
  maxconn 4000
defaults
  mode http
  timeout connect 2s
  timeout client 60s
  timeout server 60s
  timeout tunnel ${tunnelTimeout ?? '1h'}
  timeout http-request 10s
  option forwardfor
  option redispatch
  retries 3
frontend simpul
  bind 127.0.0.1:${port}
  default_backend instances
backend instances
  balance ${balance ?? 'roundrobin'}
  http-response set-header X-Served-By %s
  option httpchk GET /health/ready
  http-check expect status 200
  default-server check inter 500ms fall 2 rise 1
${appPorts.map((appPort, index) => `  server app${index + 1} 127.0.0.1:${appPort}`).join('\n')}
`.trimStart();
}

function accepts(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const socket = connect(port, '127.0.0.1', () => {
      answer(true);
      socket.destroy();
    });
    socket.once('error', () => answer(false));
  });
}
