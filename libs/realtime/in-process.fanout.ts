import type { Fanout, Listener } from './fanout.js';

/** The medium between several in-process instances; product code has one instance and needs none. */
export class InProcessBus {
  readonly members = new Set<InProcessFanout>();
}

/** For one instance: nobody else is to be told. */
export class InProcessFanout implements Fanout {
  readonly state = 'local';
  readonly trouble = null;
  readonly lost = 0;
  private readonly listeners = new Map<string, Listener>();

  constructor(private readonly bus = new InProcessBus()) {
    bus.members.add(this);
  }

  publish(channel: string, message: string): void {
    for (const other of this.bus.members) {
      if (other === this) continue;
      // Like a broker: never inside the publisher's own call.
      setImmediate(() => other.listeners.get(channel)?.(message));
    }
  }

  subscribe(channel: string, listener: Listener): Promise<void> {
    this.listeners.set(channel, listener);
    return Promise.resolve();
  }

  unsubscribe(channel: string): void {
    this.listeners.delete(channel);
  }

  onReady(): void {
    // Nothing is ever missed inside one process.
  }

  close(): Promise<void> {
    this.bus.members.delete(this);
    this.listeners.clear();
    return Promise.resolve();
  }
}
