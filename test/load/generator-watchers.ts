import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import type { Pages, Place, Viewers } from './generator-wishes.js';
import { LoadClient, type Answer } from './load-client.js';

const WAIT_MS = 20_000;

let told: (text: string) => void = () => undefined;
let watcher: LoadClient | undefined;
let viewers: Viewer[] = [];

/** Leaders who watch a board, and citizens who read pages. */
export const watcherCommands = {
  /** Opens the board of the whole city: milliseconds until its rows are there. */
  async openBoard({ port, token }: { port: number; token: string }): Promise<{ ms: number; rows: number }> {
    watcher?.close();
    watcher = await LoadClient.open({ wire: 'simpul', port, token, told: (text) => told(text) });
    const begin = performance.now();
    const answer = (await watcher.ask('board.join', { scope: 'city' })) as Answer & { rows: unknown[] };
    if (!answer.ok) throw new Error(JSON.stringify(answer));
    return { ms: performance.now() - begin, rows: answer.rows.length };
  },

  /** A team lead drafts a sentence for citizens: milliseconds until the opened board shows that it waits. */
  async changeBoard({ port, token, place }: { port: number; token: string; place: Place }): Promise<number> {
    const client = await LoadClient.open({ wire: 'simpul', port, token });
    const begin = performance.now();
    const shown = new Promise<number>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('the board showed nothing')), WAIT_MS);
      told = (text) => {
        if (!text.includes('"board.changed"') || !text.includes(place.workspaceId)) return;
        clearTimeout(timer);
        resolve(performance.now() - begin);
      };
    });
    const { workspaceId } = place;
    const wish = { workspaceId, commandId: randomUUID(), body: 'Pekerjaan hari ini selesai.' };
    const answer = await client.ask('public-update.draft', wish);
    if (!answer.ok) throw new Error(JSON.stringify(answer));
    const ms = await shown;
    client.close();
    return ms;
  },

  /** One request after the other on each connection: answers a second. */
  async readPages({
    port,
    path,
    connections,
    seconds,
  }: Pages): Promise<{ perSecond: number; bytes: number }> {
    const end = performance.now() + seconds * 1_000;
    const request = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept: text/html\r\n\r\n`;
    const counts = await Promise.all(
      Array.from({ length: connections }, () => readUntil(port, request, end)),
    );
    const answers = counts.reduce((sum, { answers: one }) => sum + one, 0);
    return { perSecond: answers / seconds, bytes: counts[0]?.bytes ?? 0 };
  },

  /** Citizens with the page open, each from an address of its own; who is refused asks again now and then instead. */
  async openViewers({ ports, path, count }: Viewers): Promise<{ live: number }> {
    viewers = [];
    const numbers = Array.from({ length: count }, (_, i) => i);
    const worker = async () => {
      for (let i = numbers.shift(); i !== undefined; i = numbers.shift())
        viewers.push(await Viewer.open(ports[i % ports.length]!, path, i));
    };
    await Promise.all(Array.from({ length: 32 }, worker));
    return { live: viewers.filter(({ isLive }) => isLive).length };
  },

  /** Milliseconds from `at` (of this machine's clock) until the last live viewer was told something new. */
  async lastTold({ at }: { at: number }): Promise<number> {
    const times = await Promise.all(
      viewers.filter(({ isLive }) => isLive).map((viewer) => viewer.toldAfter(at)),
    );
    return Math.max(0, ...times) - at;
  },
};

function readUntil(port: number, request: string, end: number): Promise<{ answers: number; bytes: number }> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    let [answers, bytes, text] = [0, 0, ''];
    socket.on('connect', () => socket.write(request)).on('error', reject);
    socket.on('data', (part) => {
      text += part.toString('latin1');
      const head = text.indexOf('\r\n\r\n');
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1]);
      if (head < 0 || text.length < head + 4 + length) return;
      if (!text.startsWith('HTTP/1.1 200')) {
        socket.destroy();
        return reject(new Error(text.slice(0, 200)));
      }
      answers++;
      [bytes, text] = [length, ''];
      if (performance.now() < end) socket.write(request);
      else {
        socket.destroy();
        resolve({ answers, bytes });
      }
    });
  });
}

class Viewer {
  isLive = false;
  private lastAt = 0;
  private waiting: (() => void) | undefined;

  private constructor(private readonly socket: Socket) {}

  static open(port: number, path: string, number: number): Promise<Viewer> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port, noDelay: true });
      const viewer = new Viewer(socket);
      const from = `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
      socket.once('connect', () =>
        socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Forwarded-For: ${from}\r\n\r\n`),
      );
      socket.on('error', reject).on('close', () => (viewer.isLive = false));
      socket.on('data', (part) => {
        const text = part.toString('latin1');
        if (text.startsWith('HTTP/1.1')) {
          viewer.isLive = text.startsWith('HTTP/1.1 200');
          if (!viewer.isLive) socket.destroy();
          resolve(viewer);
        }
        if (text.includes('data:')) viewer.wasTold();
      });
    });
  }

  async toldAfter(at: number): Promise<number> {
    if (this.lastAt < at) {
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('a viewer was told nothing')), WAIT_MS);
        this.waiting = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return this.lastAt;
  }

  private wasTold(): void {
    this.lastAt = Date.now();
    this.waiting?.();
    this.waiting = undefined;
  }
}
