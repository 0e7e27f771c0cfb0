import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Ack, CommandType } from '#libs/contracts';
import { Peer } from '../support/live-app.js';
import type { Scene } from './scenario.js';

const PATIENCE_MS = 30_000;

/** Writes over the bare wire, the same id again until it is answered for good, and keeps every answer. */
export class Probe {
  /** Codes of refusals, and `timeout`. */
  readonly refusals = new Set<string>();
  /** Refusals that told the sender not to try again. */
  readonly final = new Set<string>();
  private stopped = false;
  private running: Promise<unknown> = Promise.resolve();
  private count = 0;

  private constructor(
    private readonly name: string,
    private readonly scene: Scene,
    private readonly peer: Peer,
  ) {}

  /** Begins to write at an instance. */
  static async start(scene: Scene, app: number): Promise<Probe> {
    const { world } = scene;
    const person = world.people.at(-1);
    if (!person) throw new Error('nobody is there');
    const peer = await Peer.open(world.app(app).url, await world.cookieOf(person));
    const probe = new Probe(`probe ${app + 1}`, scene, peer);
    probe.running = probe.write();
    return probe;
  }

  /** Commands of the other door, all at once. */
  openThreads(count: number): Promise<void> {
    const asked = Array.from({ length: count }, (_, i) =>
      this.send('thread.open', { threadId: randomUUID(), title: `Utas ${i + 1}` }),
    );
    return Promise.all(asked).then(() => undefined);
  }

  /** Once everything sent is answered, or will not be. */
  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.race([this.running, pause(PATIENCE_MS, undefined, { ref: false })]);
    this.peer.close();
  }

  private async write(): Promise<void> {
    while (!this.stopped) {
      const body = `${this.name}: ${++this.count}${' .'.repeat(1_500)}`;
      await this.send('message.post', { threadId: this.scene.thread, body });
      await pause(40);
    }
  }

  private async send(type: CommandType, data: object): Promise<void> {
    const { history, task: workspace } = this.scene;
    const commandId = randomUUID();
    // A line of its own for each: what is sent side by side has no order.
    const process = type === 'message.post' ? this.name : `${this.name} ${commandId}`;
    const say = (kind: 'invoke' | 'ok' | 'fail' | 'info', more: { seq?: number; type?: string } = {}): void =>
      history.add({ process, op: 'send', kind, workspace, commandId, ...more });
    say('invoke');
    for (;;) {
      if (!this.peer.socket.connected) return;
      const ack = await this.peer
        .ask<Ack>(type, { workspaceId: workspace, commandId, ...data })
        .catch(() => undefined);
      if (ack?.ok) return say('ok', { seq: ack.seq });
      const code = ack?.error.code ?? 'timeout';
      this.refusals.add(code);
      if (ack && !ack.retry) {
        this.final.add(code);
        return say('fail', { type: code });
      }
      say('info', { type: code });
      await pause(100);
    }
  }
}
