import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AppError, type PublicPageView } from '#libs/contracts';
import { asAppError, WorkspaceLog } from '#libs/database';
import { type Facets, type ListQuery, type PageList, queryOf } from '#libs/pages';
import { Kept } from './kept.js';
import { readFacets, readList } from './public-list.js';

/** A page as it stands at one version. */
export interface PageAt {
  page: PublicPageView;
  epoch: string;
  seq: number;
}

/** An answer, and whether it is an older one because the present one could not be read. */
export interface Answer<T> {
  value: T;
  readAt: number;
  stale: boolean;
}

interface KeptAnswer<T> {
  value: T;
  readAt: number;
}

const FRESH_MS = 1_000;
const FACETS_FRESH_MS = 10_000;
/** Questions to the database at a time, all citizens together: the staff's share of the pool stays theirs. */
const AT_ONCE = 2;
const WAITING = 100;

const ADDRESS = /^[a-z2-9]{10}$/;

/** The word of a version: history and number. Other words mean other pages, and nothing else. */
export function versionOf({ epoch, seq }: Pick<PageAt, 'epoch' | 'seq'>): string {
  return `${epoch.slice(0, 8)}.${seq}`;
}

/**
 * Reads the public projection for citizens, each thing at most once a second however many ask. While the database is
 * away or too busy, the last answer goes on serving.
 */
@Injectable()
export class PublicPages implements OnModuleInit {
  private readonly pages = new Kept<KeptAnswer<PageAt>>(500);
  private readonly lists = new Kept<KeptAnswer<PageList>>(200);
  private readonly facetsKept = new Kept<KeptAnswer<Facets>>(1);
  private readonly underway = new Map<string, Promise<unknown>>();
  private readonly queue: (() => void)[] = [];
  private asking = 0;
  /** Addresses by page id, for what is told by id. */
  private readonly addresses = new Kept<string>(500);

  constructor(
    private readonly source: DataSource,
    private readonly log: WorkspaceLog,
  ) {}

  onModuleInit(): void {
    this.log.onCommitted((frames) => {
      for (const { kind, streamId, epoch, events } of frames) {
        const last = kind === 'public' ? events.at(-1) : undefined;
        if (last?.type === 'page.changed') this.learn({ page: last.data.page, epoch, seq: last.seq });
        else if (last) this.forget(streamId);
      }
    });
  }

  /** The page at an address; null when there is none for citizens. */
  async find(address: string, now = false): Promise<Answer<PageAt> | null> {
    if (!ADDRESS.test(address)) return null;
    const known = now ? null : this.known(address);
    if (known) return known;
    try {
      const read = await this.once(`page ${address}`, () => this.readPage(address));
      if (!read) {
        this.pages.delete(address);
        return null;
      }
      // What was announced meanwhile may be newer than what was read.
      const told = this.pages.get(address)?.value;
      const value = told && told.epoch === read.epoch && told.seq > read.seq ? told : read;
      this.keep(value);
      return { value, readAt: Date.now(), stale: false };
    } catch (error) {
      return lastKnown(this.pages.get(address), error);
    }
  }

  /** The page at an address, when it was read or announced within the last second. */
  known(address: string): Answer<PageAt> | null {
    const kept = this.pages.get(address);
    return kept && isFresh(kept, FRESH_MS) ? { ...kept, stale: false } : null;
  }

  list(query: ListQuery): Promise<Answer<PageList>> {
    return this.answer(this.lists, `?${queryOf(query)}`, FRESH_MS, () => readList(this.source, query));
  }

  facets(): Promise<Answer<Facets>> {
    return this.answer(this.facetsKept, 'facets', FACETS_FRESH_MS, () => readFacets(this.source));
  }

  /** A version that was just announced. */
  learn(at: PageAt): void {
    const known = this.pages.get(at.page.address)?.value;
    if (known && known.epoch === at.epoch && known.seq >= at.seq) return;
    this.keep(at);
  }

  /** The page with this id is to be read anew. */
  forget(id: string): void {
    const address = this.addresses.get(id);
    if (address) this.pages.delete(address);
  }

  private keep(at: PageAt): void {
    this.addresses.set(at.page.id, at.page.address);
    this.pages.set(at.page.address, { value: at, readAt: Date.now() });
  }

  private async readPage(address: string): Promise<PageAt | null> {
    const [row] = await this.source.query<{ page: PublicPageView; epoch: string; seq: string }[]>(
      `SELECT p.page, h.epoch, h.seq FROM public_pages p JOIN stream_head h ON h.id = p.id
       WHERE p.address = $1 AND p.published`,
      [address],
    );
    return row ? { page: row.page, epoch: row.epoch, seq: Number(row.seq) } : null;
  }

  private async answer<T>(
    kept: Kept<KeptAnswer<T>>,
    key: string,
    freshMs: number,
    read: () => Promise<T>,
  ): Promise<Answer<T>> {
    const known = kept.get(key);
    if (known && isFresh(known, freshMs)) return { ...known, stale: false };
    try {
      const value = await this.once(key, read);
      const answer = { value, readAt: Date.now() };
      kept.set(key, answer);
      return { ...answer, stale: false };
    } catch (error) {
      return lastKnown(known, error);
    }
  }

  /** One question for all who ask the same at the same time. */
  private once<T>(key: string, read: () => Promise<T>): Promise<T> {
    const same = this.underway.get(key) as Promise<T> | undefined;
    if (same) return same;
    const asked = this.inTurn(read).finally(() => this.underway.delete(key));
    this.underway.set(key, asked);
    return asked;
  }

  private async inTurn<T>(read: () => Promise<T>): Promise<T> {
    if (this.asking >= AT_ONCE) {
      if (this.queue.length >= WAITING) throw new AppError('unavailable', {});
      await new Promise<void>((resolve) => {
        this.queue.push(resolve);
      });
    }
    this.asking++;
    try {
      return await read();
    } finally {
      this.asking--;
      this.queue.shift()?.();
    }
  }
}

function isFresh({ readAt }: { readAt: number }, ms: number): boolean {
  return Date.now() - readAt < ms;
}

function lastKnown<T>(kept: KeptAnswer<T> | undefined, error: unknown): Answer<T> {
  const known = asAppError(error);
  if (kept && known instanceof AppError && known.code === 'unavailable') return { ...kept, stale: true };
  throw known;
}
