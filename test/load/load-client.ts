import { LeanSocket } from './lean-socket.js';
import type { RoomLog } from './room-log.js';

export type Wire = 'simpul' | 'socket.io' | 'ws';

export interface ClientOptions {
  wire: Wire;
  port: number;
  /** The token of a sign-in, for Simpul. */
  token?: string;
  /** Where the frames of a workspace are checked off, and as which of its members. */
  logs?: ReadonlyMap<string, { log: RoomLog; slot: number }>;
  /** What else it is told, as text. */
  told?(text: string): void;
}

export interface Answer {
  ok: boolean;
  seq?: number;
  [field: string]: unknown;
}

const ASK_MS = 20_000;
const EVENTS = Buffer.from('42["workspace.events",');
const BARE_EVENTS = Buffer.from('["workspace.events",');
const STREAM_AT = '{"streamId":"'.length;

/** One connection that speaks Engine.IO and Socket.IO by hand; to the bare `ws` server plain lists. */
export class LoadClient {
  private socket!: LeanSocket;
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private nextId = 0;
  private ready: (error?: Error) => void = () => undefined;

  private constructor(private readonly options: ClientOptions) {}

  /** Connected and signed in. @throws when refused */
  static async open(options: ClientOptions): Promise<LoadClient> {
    const client = new LoadClient(options);
    const { port, wire, token } = options;
    const welcome = new Promise<void>((resolve, reject) => {
      client.ready = (error) => (error ? reject(error) : resolve());
    });
    client.socket = await LeanSocket.open({
      port,
      path: wire === 'ws' ? '/' : '/socket.io/?EIO=4&transport=websocket',
      headers: {
        Origin: `http://127.0.0.1:${port}`,
        ...(token && { Cookie: `simpul_session=${token}` }),
      },
      text: (payload) => client.read(payload),
      closed: () => client.lost(),
    });
    if (wire !== 'ws') {
      client.socket.send('40');
      await welcome;
    }
    return client;
  }

  /** @throws when it does not answer within 20 s or the connection ends */
  ask(name: string, data: object): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${name} was not answered`)), ASK_MS);
      this.post(name, data, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
    });
  }

  /** Sends without a timer of its own; `answered` gets `{ok: false}` when the connection ends. */
  post(name: string, data: object, answered: (answer: Answer) => void): void {
    const id = this.nextId++;
    this.waiting.set(id, answered);
    if (this.options.wire === 'ws') {
      this.socket.send(JSON.stringify([id, name === 'workspace.join' ? 'join' : name, data]));
    } else {
      const event = this.options.wire === 'socket.io' && name === 'workspace.join' ? 'join' : name;
      this.socket.send(`42${id}${JSON.stringify([event, data])}`);
    }
  }

  /** Reads nothing from now on. */
  pause(): void {
    this.socket.pause();
  }

  close(): void {
    this.socket.close();
  }

  private read(payload: Buffer): void {
    const prefix = this.options.wire === 'ws' ? BARE_EVENTS : EVENTS;
    if (payload.length > prefix.length && payload.compare(prefix, 0, prefix.length, 0, prefix.length) === 0) {
      this.events(payload, prefix.length);
      return;
    }
    if (this.options.wire === 'ws') this.answered(JSON.parse(payload.toString()) as [number, Answer]);
    else this.packet(payload.toString());
  }

  private events(payload: Buffer, at: number): void {
    const { logs } = this.options;
    if (!logs) return;
    const stream = payload.toString('latin1', at + STREAM_AT, at + STREAM_AT + 36);
    const member = logs.get(stream);
    member?.log.receive(member.slot, payload, at);
  }

  private packet(text: string): void {
    if (text === '2') this.socket.send('3');
    else if (text.startsWith('40')) this.ready();
    else if (text.startsWith('44')) this.ready(new Error(`refused: ${text}`));
    else if (text.startsWith('43')) {
      const bracket = text.indexOf('[');
      const [answer] = JSON.parse(text.slice(bracket)) as [Answer];
      this.answered([Number(text.slice(2, bracket)), answer]);
    } else this.options.told?.(text);
  }

  private answered([id, answer]: [number, Answer]): void {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    waiting?.(answer);
  }

  private lost(): void {
    this.ready(new Error('the connection ended'));
    for (const answered of this.waiting.values()) answered({ ok: false, error: { code: 'connection-lost' } });
    this.waiting.clear();
  }
}
