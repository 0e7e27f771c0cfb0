import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { GeneratorCommands } from './generator.js';

type Wish<N extends keyof GeneratorCommands> = Parameters<GeneratorCommands[N]>[0];
type Result<N extends keyof GeneratorCommands> = Awaited<ReturnType<GeneratorCommands[N]>>;

const LONGEST_MS = 180_000;

/** A generator, from outside. */
export class GeneratorProcess {
  private readonly child: ChildProcess;
  private nextId = 0;

  constructor() {
    this.child = fork(fileURLToPath(new URL('generator.mjs', import.meta.url)), {
      serialization: 'advanced',
    });
    // One listener for each question under way.
    this.child.setMaxListeners(64);
  }

  /** @throws when the command fails, the process ends or nothing comes back in time */
  ask<N extends keyof GeneratorCommands>(name: N, wish: Wish<N>): Promise<Result<N>> {
    const id = this.nextId++;
    const { child } = this;
    return new Promise((resolve, reject) => {
      const done = () => {
        clearTimeout(timer);
        child.off('message', answered).off('exit', ended);
      };
      const fail = (why: string) => {
        done();
        reject(new Error(`generator, ${name}: ${why}`));
      };
      const ended = () => fail('the process ended');
      const answered = (answer: { id: number; error?: string; result: Result<N> }) => {
        if (answer.id !== id) return;
        if (answer.error !== undefined) return fail(answer.error);
        done();
        resolve(answer.result);
      };
      const timer = setTimeout(() => fail(`no answer within ${LONGEST_MS} ms`), LONGEST_MS);
      child.on('message', answered).once('exit', ended);
      child.send({ id, name, wish });
    });
  }

  stop(): void {
    this.child.kill('SIGKILL');
  }
}
