import { freePort } from './free-port.js';
import { ServerProcess, type Exit } from './server-process.js';

export interface AppOptions {
  port?: number;
  databaseUrl?: string;
  redisUrl?: string;
  /** More variables, such as SIMPUL_DEMO. Nothing of ours but PATH, HOME and TMPDIR reaches the app. */
  env?: Record<string, string>;
  readyMs?: number;
  /** Node's own switches, such as `--cpu-prof`. */
  nodeArgs?: string[];
}

/** One instance of the built app, in a process of its own. Build first: `node test/run.mjs` does. */
export class App {
  private constructor(
    readonly port: number,
    private readonly server: ServerProcess,
    private readonly options: AppOptions,
  ) {}

  /** @throws with the app's logs when it does not become ready */
  static async start(options: AppOptions = {}): Promise<App> {
    const app = await App.launch(options);
    await app.ready();
    return app;
  }

  /** Without waiting, for starts that should fail or be interrupted. */
  static async launch(options: AppOptions = {}): Promise<App> {
    const port = options.port ?? (await freePort());
    const { PATH, HOME, TMPDIR } = process.env;
    const env = {
      ...{ PATH, HOME, TMPDIR, HOST: '127.0.0.1', PORT: String(port), LOG_LEVEL: 'info' },
      ...(options.databaseUrl && { DATABASE_URL: options.databaseUrl }),
      ...(options.redisUrl && { REDIS_URL: options.redisUrl }),
      ...options.env,
    };
    const args = [...(options.nodeArgs ?? []), '--enable-source-maps', 'dist/src/main.js'];
    return new App(port, ServerProcess.spawn(process.execPath, args, env), options);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get pid(): number {
    return this.server.pid;
  }

  get logs(): string {
    return this.server.logs;
  }

  /** The end of its logs. */
  get lastWords(): string {
    return this.logs.slice(-4_000);
  }

  get isRunning(): boolean {
    return this.server.isRunning;
  }

  get exited(): Promise<Exit> {
    return this.server.exited;
  }

  ready(): Promise<void> {
    const isReady = async () => {
      const answer = await fetch(`${this.url}/health/ready`, { signal: AbortSignal.timeout(2_000) });
      await answer.arrayBuffer();
      return answer.ok;
    };
    return this.server.ready(isReady, this.options.readyMs ?? 60_000);
  }

  /** SIGTERM, and the end it leads to. @throws when the app has to be killed */
  stop(ms?: number): Promise<Exit> {
    return this.server.stop(ms);
  }

  kill(): Promise<void> {
    return this.server.kill();
  }

  signal(name: NodeJS.Signals): void {
    this.server.signal(name);
  }

  pause(): void {
    this.server.pause();
  }

  resume(): void {
    this.server.resume();
  }

  /** A new process on the same port with the same settings. */
  async restart(): Promise<App> {
    await this.server.kill();
    return App.start({ ...this.options, port: this.port });
  }
}
