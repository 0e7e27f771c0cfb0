import {
  AppError,
  isAppError,
  mayRetry,
  type BeginUpload,
  type UploadView,
  type WireError,
} from '#libs/contracts';

/** One file on its way. */
export interface UploadRow {
  id: string;
  name: string;
  size: number;
  /** Bytes that have arrived for certain. */
  sent: number;
  state: 'waiting' | 'sending' | 'interrupted' | 'checking' | 'refused';
  /** Why it was refused; `unreadable`: the device does not give it to us. */
  problem: WireError | 'unreadable' | null;
  replaces: string | undefined;
}

/** The server's side of an upload. Every call may reject with AppError. */
export interface UploadServer {
  begin(wish: BeginUpload, signal: AbortSignal): Promise<UploadView>;
  put(id: string, offset: number, bytes: Blob, signal: AbortSignal): Promise<UploadView>;
  finish(id: string, signal: AbortSignal): Promise<UploadView>;
  cancel(id: string): Promise<void>;
}

interface Job {
  row: UploadRow;
  file: Blob;
  stop: AbortController;
  running: boolean;
}

const AT_ONCE = 2;
const LOOK_AGAIN_MS = 3_000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Sends files piece by piece, two at a time. What is cut off waits and goes on by itself from where the server says;
 * only a refusal needs the person.
 */
export class UploadQueue {
  private jobs: Job[] = [];
  private view: readonly UploadRow[] = [];
  private readonly listeners = new Set<() => void>();
  private readonly sleepers = new Set<() => void>();

  /** @param done told once for each file that has become one of the workspace */
  constructor(
    private readonly server: UploadServer,
    private readonly done: (row: UploadRow) => void,
    private readonly newId: () => string = () => crypto.randomUUID(),
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  readonly rows = (): readonly UploadRow[] => this.view;

  add(files: readonly File[], replaces?: string): void {
    for (const file of files) {
      const { name, size } = file;
      const row: UploadRow = {
        id: this.newId(),
        name,
        size,
        sent: 0,
        state: 'waiting',
        problem: null,
        replaces,
      };
      this.jobs.push({ row, file, stop: new AbortController(), running: false });
    }
    this.changed();
    this.next();
  }

  /** Gives it up, here and at the server. */
  cancel(id: string): void {
    const job = this.jobs.find(({ row }) => row.id === id);
    if (!job) return;
    this.drop(job);
    // What the server keeps of it is swept there, if this does not arrive.
    if (job.row.state !== 'waiting') this.server.cancel(id).catch(() => undefined);
  }

  /** Again from the start, as an upload of its own. */
  retry(id: string): void {
    const job = this.jobs.find(({ row }) => row.id === id);
    if (job?.row.state !== 'refused') return;
    job.stop = new AbortController();
    this.change(job, { id: this.newId(), sent: 0, state: 'waiting', problem: null });
    this.next();
  }

  /** The line is back: nobody waits any longer. */
  readonly wake = (): void => {
    for (const wake of this.sleepers) wake();
  };

  private next(): void {
    const running = this.jobs.filter((job) => job.running).length;
    const waiting = this.jobs.filter((job) => !job.running && job.row.state === 'waiting');
    for (const job of waiting.slice(0, Math.max(0, AT_ONCE - running))) void this.run(job);
  }

  private async run(job: Job): Promise<void> {
    job.running = true;
    try {
      for (let attempt = 0; !job.stop.signal.aborted; attempt++) {
        const before = job.row.sent;
        const problem = await this.tryOnce(job).catch(asProblem);
        if (problem === null || job.stop.signal.aborted) return;
        const goesOn =
          problem !== 'unreadable' &&
          (mayRetry(problem.code) || problem.code === 'upload.offset' || problem.code === 'upload.too-many');
        if (!goesOn) {
          this.change(job, {
            state: 'refused',
            problem: problem === 'unreadable' ? problem : problem.toWire(),
          });
          return;
        }
        // Only a try that got nowhere makes the next pause longer.
        if (job.row.sent > before) attempt = 0;
        if (problem.code === 'upload.offset') continue;
        this.change(job, { state: problem.code === 'upload.too-many' ? 'waiting' : 'interrupted' });
        await this.pause(Math.min(LONGEST_PAUSE_MS, 1_000 * 2 ** Math.min(attempt, 5)));
      }
    } finally {
      job.running = false;
      this.next();
    }
  }

  /** From where the server says to the end. Null: it is done. */
  private async tryOnce(job: Job): Promise<null> {
    const { file, row, stop } = job;
    const { signal } = stop;
    const { id, name, size, replaces } = row;
    let view = await this.server.begin(
      { id, name, size, ...(replaces !== undefined && { replaces }) },
      signal,
    );
    while (view.state === 'RECEIVING' && view.offset < size) {
      this.change(job, { state: 'sending', sent: view.offset });
      const piece = await readable(file.slice(view.offset, view.offset + view.chunkBytes));
      view = await this.server.put(id, view.offset, piece, signal);
    }
    this.change(job, { state: 'sending', sent: size });
    view = await this.server.finish(id, signal);
    while (view.state === 'SCANNING') {
      this.change(job, { state: 'checking' });
      await this.pause(LOOK_AGAIN_MS);
      // Says also why, when the scanner found something.
      view = await this.server.finish(id, signal);
    }
    if (signal.aborted) return null;
    this.drop(job);
    this.done(job.row);
    return null;
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.sleepers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      this.sleepers.add(wake);
    });
  }

  private drop(job: Job): void {
    job.stop.abort();
    this.jobs = this.jobs.filter((other) => other !== job);
    this.changed();
  }

  private change(job: Job, change: Partial<UploadRow>): void {
    job.row = { ...job.row, ...change };
    this.changed();
  }

  private changed(): void {
    this.view = this.jobs.map(({ row }) => row);
    for (const listener of this.listeners) listener();
  }
}

class Unreadable extends Error {}

/** Read before it is sent: a file that was moved or is a folder must not look like a line that is cut. */
async function readable(piece: Blob): Promise<Blob> {
  try {
    return new Blob([await piece.arrayBuffer()]);
  } catch {
    throw new Unreadable();
  }
}

function asProblem(error: unknown): AppError | 'unreadable' {
  if (error instanceof Unreadable) return 'unreadable';
  return isAppError(error) ? error : new AppError('internal', {});
}
