import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Type } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { io, type Socket } from 'socket.io-client';
import { DataSource } from 'typeorm';
import type { ServerEvents } from '#libs/contracts';
import { createApplication, listen } from '../../src/application.js';
import { Environment } from '../../src/config/environment.js';
import { PLAIN_COOKIE } from '../../src/http/session-cookie.js';

/** The whole app in this process on a database of the caller's; several may share one, without Redis between them unless it is named. */
export class LiveApp {
  private readonly peers: Peer[] = [];

  private constructor(
    readonly url: string,
    private readonly app: NestExpressApplication,
  ) {}

  /** @param variables more of the environment's, such as REDIS_URL */
  static async start(databaseUrl: string, variables: Record<string, string> = {}): Promise<LiveApp> {
    const environment = Environment.read({
      DATABASE_URL: databaseUrl,
      PORT: '0',
      HOST: '127.0.0.1',
      SIMPUL_POOL_SIZE: '4',
      LOG_LEVEL: 'silent',
      ...variables,
    });
    const app = await createApplication(environment);
    return new LiveApp(await listen(app, environment), app);
  }

  get<T>(type: Type<T>): T {
    return this.app.get(type, { strict: false });
  }

  /** A signed-in raw socket of a person that keeps all it is sent. */
  async peer(personId: string): Promise<Peer> {
    const cookie = await signIn(this.get(DataSource), personId);
    const peer = await Peer.open(this.url, cookie);
    this.peers.push(peer);
    return peer;
  }

  async close(): Promise<void> {
    for (const peer of this.peers) peer.close();
    await this.app.close();
  }
}

/** A sign-in without its password. @returns the cookie */
export async function signIn(source: DataSource, personId: string): Promise<string> {
  await source.query(
    `INSERT INTO accounts (person_id, password_hash) VALUES ($1, 'none') ON CONFLICT (person_id) DO NOTHING`,
    [personId],
  );
  const token = randomBytes(32).toString('base64url');
  await source.query(
    `INSERT INTO sessions (id, token_hash, person_id, expires_at) VALUES ($1, $2, $3, now() + interval '1 hour')`,
    [randomUUID(), createHash('sha256').update(token).digest(), personId],
  );
  return `${PLAIN_COOKIE}=${token}`;
}

type DataOf<E extends keyof ServerEvents> = Parameters<ServerEvents[E]>[0];

export interface Received {
  name: string;
  data: unknown;
}

/** One socket as the wire sees it: nothing is kept back, put in order or forgotten. */
export class Peer {
  readonly received: Received[] = [];
  private wake: () => void = () => undefined;

  private constructor(readonly socket: Socket) {
    socket.onAny((name: string, data: unknown) => {
      this.received.push({ name, data });
      this.wake();
    });
    socket.on('disconnect', () => this.wake());
  }

  static async open(url: string, cookie: string): Promise<Peer> {
    const socket = io(url, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      extraHeaders: { cookie, origin: url },
    });
    const peer = new Peer(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve).once('connect_error', reject);
    });
    return peer;
  }

  /** The acknowledgement, whatever it says. */
  async ask<T extends object>(name: string, data: object): Promise<T> {
    return (await this.socket.timeout(5_000).emitWithAck(name, data)) as T;
  }

  all<E extends keyof ServerEvents>(name: E): DataOf<E>[] {
    return this.received.flatMap((one) => (one.name === name ? [one.data as DataOf<E>] : []));
  }

  /** The first that fits, now or later; fails by showing what came instead. */
  async got<E extends keyof ServerEvents>(
    name: E,
    fits: (data: DataOf<E>) => boolean = () => true,
    ms = 8_000,
  ): Promise<DataOf<E>> {
    await this.until(() => this.all(name).some(fits), ms);
    return this.all(name).find(fits) as DataOf<E>;
  }

  async until(done: () => boolean, ms = 8_000): Promise<void> {
    const end = Date.now() + ms;
    while (!done()) {
      const left = end - Date.now();
      if (left <= 0) throw new Error(`it did not come; got: ${JSON.stringify(this.received).slice(-4_000)}`);
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        timer = setTimeout(resolve, left);
      });
      clearTimeout(timer);
    }
  }

  close(): void {
    this.socket.close();
  }
}
