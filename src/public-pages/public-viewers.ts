import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Response } from 'express';
import type { Language } from '#libs/content';
import { StreamHub, type StreamListener } from '#libs/realtime';
import { addressKey } from '../http/address-key.js';
import { PublicPages, versionOf, type PageAt } from './public-pages.js';
import { PublicRenders } from './public-renders.js';

export const PUBLIC_LIMITS = Symbol('PUBLIC_LIMITS');

export interface PublicLimits {
  /** Open event connections of citizens on this instance; those above it ask now and then instead. */
  connections: number;
  /** Of these, from one address; a phone network may stand behind it. */
  perAddress: number;
  /** Bytes that may wait for one reader; past it the reader is cut off and catches up by its version. */
  waiting: number;
  heartbeatMs: number;
}

export const DEFAULT_PUBLIC_LIMITS: PublicLimits = {
  connections: 2_000,
  perAddress: 50,
  waiting: 128 * 1024,
  heartbeatMs: 25_000,
};

interface Viewer {
  response: Response;
  address: string;
  language: Language;
  /** What the reader has. */
  version: string;
}

interface Room {
  address: string;
  viewers: Set<Viewer>;
  listener: StreamListener;
}

/** Citizens who have a page open: each page's stream is watched once, each version made into bytes once a language. */
@Injectable()
export class PublicViewers implements OnModuleDestroy {
  private readonly rooms = new Map<string, Room>();
  private readonly heartbeat: NodeJS.Timeout;
  private stopped = false;
  private open = 0;
  private readonly byAddress = new Map<string, number>();
  /** Readers cut off because they were too slow, since the start. */
  cutOff = 0;

  constructor(
    @Inject(StreamHub) private readonly hub: StreamHub,
    private readonly pages: PublicPages,
    private readonly renders: PublicRenders,
    @Inject(PUBLIC_LIMITS) private readonly limits: PublicLimits,
  ) {
    this.heartbeat = setInterval(() => {
      for (const { viewers } of this.rooms.values())
        for (const viewer of viewers) this.write(viewer, ':\n\n');
    }, limits.heartbeatMs);
  }

  /** Connections open now. */
  get count(): number {
    return this.open;
  }

  /** Whether another connection from there is welcome. */
  hasPlaceFor(ip: string): boolean {
    const here = this.byAddress.get(addressKey(ip)) ?? 0;
    return !this.stopped && this.open < this.limits.connections && here < this.limits.perAddress;
  }

  /**
   * Takes over the response and keeps it open. `has` is the version that the reader shows. Rejects, before anything
   * was written, when the stream can't be watched now.
   */
  async add(response: Response, at: PageAt, language: Language, has: string): Promise<void> {
    const address = addressKey(response.req.ip ?? '');
    this.open++;
    this.byAddress.set(address, (this.byAddress.get(address) ?? 0) + 1);
    const viewer: Viewer = { response, address, language, version: has };
    const room = this.roomOf(at);
    room.viewers.add(viewer);
    response.on('close', () => this.remove(at.page.id, viewer));
    try {
      await this.hub.watch(at.page.id, room.listener);
      if (response.destroyed) return;
      response.writeHead(200, {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store, no-transform',
        'X-Accel-Buffering': 'no',
      });
      // After a stop of this instance its readers must not come to the next one all at once.
      response.write(`retry: ${Math.round(2_000 + Math.random() * 4_000)}\n\n`);
      // Read after the watch began: what was committed in between is either here or will be told.
      const now = await this.pages.find(at.page.address, true);
      if (now) this.tell(viewer, now.value);
      else this.sayGone(viewer);
    } catch (error) {
      this.remove(at.page.id, viewer);
      if (!response.headersSent) throw error;
      response.end();
    }
  }

  /** Ends all connections; their readers come back, elsewhere, by their version. */
  onModuleDestroy(): void {
    this.stopped = true;
    clearInterval(this.heartbeat);
    for (const { viewers } of this.rooms.values()) for (const { response } of viewers) response.end();
  }

  private roomOf({ page: { id, address } }: PageAt): Room {
    const known = this.rooms.get(id);
    if (known) return known;
    const room: Room = {
      address,
      viewers: new Set(),
      listener: {
        events: ({ epoch, events }) => {
          const last = events.at(-1);
          if (last?.type === 'page.changed')
            this.tellAll(room, { page: last.data.page, epoch, seq: last.seq });
          else if (last?.type === 'page.withdrawn') this.withdrawn(id, room);
        },
        reset: () => void this.readAnew(id, room),
      },
    };
    this.rooms.set(id, room);
    return room;
  }

  private remove(id: string, viewer: Viewer): void {
    const room = this.rooms.get(id);
    if (!room?.viewers.delete(viewer)) return;
    this.open--;
    const others = (this.byAddress.get(viewer.address) ?? 1) - 1;
    if (others > 0) this.byAddress.set(viewer.address, others);
    else this.byAddress.delete(viewer.address);
    if (room.viewers.size > 0) return;
    this.rooms.delete(id);
    this.hub.unwatch(id, room.listener);
  }

  private tellAll(room: Room, at: PageAt): void {
    this.pages.learn(at);
    // One that is still opening reads the page itself.
    for (const viewer of room.viewers) if (viewer.response.headersSent) this.tell(viewer, at);
  }

  private tell(viewer: Viewer, at: PageAt): void {
    const [epoch, seq] = viewer.version.split('.');
    if (epoch === at.epoch.slice(0, 8) && Number(seq) >= at.seq) return;
    viewer.version = versionOf(at);
    const { body } = this.renders.change(at, viewer.language);
    this.write(viewer, `id: ${viewer.version}\ndata: `, body, '\n\n');
  }

  private withdrawn(id: string, room: Room): void {
    this.pages.forget(id);
    for (const viewer of room.viewers) this.sayGone(viewer);
  }

  private sayGone(viewer: Viewer): void {
    this.write(viewer, 'event: gone\ndata:\n\n');
    viewer.response.end();
  }

  /** Another history took the place of this one: a restored backup. */
  private async readAnew(id: string, room: Room): Promise<void> {
    this.pages.forget(id);
    try {
      const now = await this.pages.find(room.address, true);
      if (now) this.tellAll(room, now.value);
      else this.withdrawn(id, room);
    } catch {
      // The database is away: its readers come back by themselves and ask again.
      for (const { response } of room.viewers) response.end();
    }
  }

  /** One whole message, or none: what waits is asked about once, before it. */
  private write({ response }: Viewer, ...parts: (string | Buffer)[]): void {
    if (!response.headersSent || response.writableEnded) return;
    if (response.writableLength > this.limits.waiting) {
      this.cutOff++;
      response.destroy();
      return;
    }
    for (const part of parts) response.write(part);
  }
}
