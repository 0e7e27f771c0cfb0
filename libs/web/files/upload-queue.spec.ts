import { AppError, type UploadView } from '#libs/contracts';
import { UploadQueue, type UploadRow, type UploadServer } from './upload-queue.js';

const CHUNK = 4;

/** A server that keeps what it gets, and can be told to fail. */
class FakeServer implements UploadServer {
  readonly kept = new Map<string, { size: number; text: string; state: UploadView['state'] }>();
  readonly canceled: string[] = [];
  fails: (() => AppError | null)[] = [];
  scans = 0;
  refusal: AppError | null = null;
  atOnce = 0;
  most = 0;

  async begin({ id, size }: { id: string; size: number }): Promise<UploadView> {
    await this.turn();
    if (this.refusal) throw this.refusal;
    if (!this.kept.has(id)) this.kept.set(id, { size, text: '', state: 'RECEIVING' });
    return this.view(id);
  }

  async put(id: string, offset: number, bytes: Blob): Promise<UploadView> {
    this.most = Math.max(this.most, ++this.atOnce);
    try {
      await this.turn();
      const upload = this.of(id);
      if (offset !== upload.text.length) throw new AppError('upload.offset', { offset: upload.text.length });
      upload.text += await bytes.text();
      return this.view(id);
    } finally {
      this.atOnce--;
    }
  }

  async finish(id: string): Promise<UploadView> {
    await this.turn();
    this.of(id).state = this.scans-- > 0 ? 'SCANNING' : 'READY';
    return this.view(id);
  }

  async cancel(id: string): Promise<void> {
    this.canceled.push(id);
  }

  private async turn(): Promise<void> {
    await Promise.resolve();
    const error = this.fails.shift()?.();
    if (error) throw error;
  }

  private of(id: string) {
    const upload = this.kept.get(id);
    if (!upload) throw new AppError('not-found', {});
    return upload;
  }

  private view(id: string): UploadView {
    const { size, text, state } = this.of(id);
    return { id, name: 'a', size, offset: text.length, state, chunkBytes: CHUNK };
  }
}

let server: FakeServer;
let done: UploadRow[];
let queue: UploadQueue;
beforeEach(() => {
  server = new FakeServer();
  done = [];
  let ids = 0;
  queue = new UploadQueue(
    server,
    (row) => done.push(row),
    () => `upload-${++ids}`,
  );
});

const file = (text: string, name = 'notulen.txt') => new File([text], name);
const state = () => queue.rows().map((row) => row.state);
async function until(isSo: () => boolean): Promise<void> {
  for (let i = 0; i < 2_000 && !isSo(); i++) await new Promise((resolve) => setImmediate(resolve));
  expect(isSo()).toBe(true);
}

it('sends a file in pieces and says when it has become one', async () => {
  queue.add([file('0123456789')]);
  expect(state()).toEqual(['waiting']);
  await until(() => done.length === 1);
  expect(server.kept.get('upload-1')).toMatchObject({ text: '0123456789', state: 'READY' });
  expect(done[0]).toMatchObject({ name: 'notulen.txt', sent: 10 });
  expect(queue.rows()).toEqual([]);
});

it('sends two at a time, the others wait for their turn', async () => {
  queue.add([1, 2, 3, 4, 5].map((n) => file('0123456789', `${n}.txt`)));
  await until(() => done.length === 5);
  expect(server.most).toBe(2);
  expect(new Set(done.map(({ name }) => name)).size).toBe(5);
});

it('goes on by itself from where the server is, as soon as the line is back', async () => {
  // Begun, one piece, then cut; the answer to the second piece was lost though it had arrived.
  server.fails = [
    () => null,
    () => null,
    () => {
      const upload = server.kept.get('upload-1');
      if (upload) upload.text += '4567';
      return new AppError('unavailable', {});
    },
  ];
  queue.add([file('0123456789')]);
  await until(() => state()[0] === 'interrupted');
  expect(queue.rows()[0]?.sent).toBe(4);
  queue.wake();
  await until(() => done.length === 1);
  expect(server.kept.get('upload-1')?.text).toBe('0123456789');
});

it('a piece at the wrong place is sent again at the right one, without a pause', async () => {
  server.fails = [() => null, () => new AppError('upload.offset', { offset: 0 })];
  queue.add([file('0123456789')]);
  await until(() => done.length === 1);
  expect(server.kept.get('upload-1')?.text).toBe('0123456789');
});

it('says why it was refused, and tries again as a new upload when asked', async () => {
  server.refusal = new AppError('file.too-large', { limit: 5 });
  queue.add([file('0123456789')], 'version-1');
  await until(() => state()[0] === 'refused');
  expect(queue.rows()[0]).toMatchObject({ problem: { code: 'file.too-large', details: { limit: 5 } } });
  server.refusal = null;
  queue.retry('upload-1');
  await until(() => done.length === 1);
  expect(done[0]).toMatchObject({ id: 'upload-2', replaces: 'version-1' });
});

it('waits while the scanner looks, and is told what it found', async () => {
  server.scans = 2;
  queue.add([file('0123')]);
  await until(() => state()[0] === 'checking');
  queue.wake();
  await until(() => server.scans === 0);
  server.fails = [() => new AppError('file.infected', {})];
  queue.wake();
  await until(() => state()[0] === 'refused');
  expect(queue.rows()[0]?.problem).toMatchObject({ code: 'file.infected' });
});

it('is given up here and at the server, and the next one takes its turn', async () => {
  server.fails = [() => new AppError('unavailable', {}), () => new AppError('unavailable', {})];
  queue.add([file('0123', 'a'), file('0123', 'b'), file('0123', 'c')]);
  await until(() => state().filter((each) => each === 'interrupted').length === 2);
  queue.cancel('upload-1');
  queue.cancel('upload-2');
  queue.wake();
  await until(() => done.length === 1);
  expect(done[0]?.name).toBe('c');
  expect(server.canceled).toEqual(['upload-1', 'upload-2']);
  expect(queue.rows()).toEqual([]);
});

it('a file the device does not give is no cut line', async () => {
  const broken = file('0123');
  broken.slice = () => {
    const piece = new Blob();
    piece.arrayBuffer = () => Promise.reject(new Error('NotReadableError'));
    return piece;
  };
  queue.add([broken]);
  await until(() => state()[0] === 'refused');
  expect(queue.rows()[0]?.problem).toBe('unreadable');
});
