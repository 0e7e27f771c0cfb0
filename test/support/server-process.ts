import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A server that a test started: only this process is ever signalled, and all it says is kept. */
export class ServerProcess {
  logs = '';
  readonly exited: Promise<Exit>;
  private exit: Exit | undefined;

  private constructor(
    private readonly name: string,
    private readonly child: ChildProcess,
  ) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.logs += text));
    }
    this.exited = new Promise((done) => {
      const end = (exit: Exit) => done((this.exit ??= exit));
      child.once('exit', (code, signal) => end({ code, signal }));
      child.once('error', (error) => {
        this.logs += String(error);
        end({ code: null, signal: null });
      });
    });
  }

  static spawn(command: string, args: string[], env: NodeJS.ProcessEnv = process.env): ServerProcess {
    const name =
      [command, ...args].find((word) => !word.startsWith('-') && !word.endsWith('node')) ?? command;
    return new ServerProcess(name, spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] }));
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get isRunning(): boolean {
    return this.exit === undefined;
  }

  /** @throws with all the server said, when it ends or does not become ready */
  async ready(isReady: () => Promise<boolean>, ms = 30_000): Promise<void> {
    const deadline = Date.now() + ms;
    while (!(await isReady().catch(() => false))) {
      if (this.exit || Date.now() > deadline) {
        const why = this.exit ? `ended (${this.exit.signal ?? this.exit.code})` : `not ready after ${ms} ms`;
        await this.kill();
        throw new Error(`${this.name}: ${why}\n${this.logs}`);
      }
      await delay(30);
    }
  }

  /** Asks it to end. @throws when it has to be killed */
  async stop(ms = 30_000): Promise<Exit> {
    this.signal('SIGCONT');
    this.signal('SIGTERM');
    const exit = await Promise.race([this.exited, delay(ms, undefined, { ref: false })]);
    if (exit) return exit;
    await this.kill();
    throw new Error(`${this.name} did not stop within ${ms} ms\n${this.logs}`);
  }

  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.exited;
  }

  /** It stays connected and answers nothing. */
  pause(): void {
    this.signal('SIGSTOP');
  }

  resume(): void {
    this.signal('SIGCONT');
  }

  signal(signal: NodeJS.Signals): void {
    if (this.isRunning) this.child.kill(signal);
  }
}
