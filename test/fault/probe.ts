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
  private givenUp = false;
  private running: Promise<unknown> = Promise.resolve();
  private count = 0;

  private constructor(
    private readonly name: string,
    private readonly scene: Scene,
    private readonly open: () => Promise<Peer>,
    private peer: Promise<Peer>,
  ) {}

  /** Begins to write at an instance. */
  static async start(scene: Scene, app: number): Promise<Probe> {
    const { world } = scene;
    const person = world.people.at(-1);
    if (!person) throw new Error('nobody is there');
    const { url } = world.app(app);
    const cookie = await world.cookieOf(person);
    const open = (): Promise<Peer> => Peer.open(url, cookie);
    const probe = new Probe(`probe ${app + 1}`, scene, open, open());
    await probe.peer;
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
    this.givenUp = true;
    await this.peer.then(
      (peer) => peer.close(),
      () => undefined,
    );
  }

  /** A socket that began while the database was away is sent away: then another one is tried. */
  private async connected(): Promise<Peer> {
    const peer = await this.peer.catch(() => undefined);
    if (peer?.socket.connected) return peer;
    const before = this.peer;
    await pause(100);
    // Those who send side by side share the new one.
    if (this.peer === before) this.peer = this.open();
    return this.peer;
  }

  private async ask(type: CommandType, data: object): Promise<Ack | undefined> {
    try {
      return await (await this.connected()).ask<Ack>(type, data);
    } catch {
      return undefined;
    }
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
    while (!this.givenUp) {
      const ack = await this.ask(type, { workspaceId: workspace, commandId, ...data });
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
