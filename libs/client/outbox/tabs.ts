interface Settled {
  workspaceId: string;
  commandId: string;
  seq: number | null;
}

/** Tells this person's other tabs which command is done or discarded, so that they stop sending and showing it. */
export class Tabs {
  // Node's types know the name as a value only.
  private readonly channel: InstanceType<typeof BroadcastChannel> | null;

  constructor(personId: string, heard: (settled: Settled) => void) {
    this.channel =
      typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(`simpul-outbox:${personId}`);
    if (!this.channel) return;
    this.channel.addEventListener('message', (message) => heard((message as Event & { data: Settled }).data));
    // Node: an open channel must not keep the process alive. Browsers have no such method.
    const { unref } = this.channel as { unref?: () => void };
    unref?.call(this.channel);
  }

  tell(settled: Settled): void {
    this.channel?.postMessage(settled);
  }

  close(): void {
    this.channel?.close();
  }
}
