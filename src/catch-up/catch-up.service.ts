import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  AppError,
  LIMITS,
  type ActorView,
  type CatchUpAnswer,
  type CatchUpOverview,
  type CatchUpSeen,
} from '#libs/contracts';
import { readConsistently, readHeads } from '#libs/database';
import { AccessService } from '../access/access.service.js';
import { InboxService } from '../inbox/inbox.service.js';
import { ReadingService } from '../reading/reading.service.js';
import { visible } from '../realtime/catch-up.js';
import { findMissed, findOverview, findVisit, storeVisit } from './catch-up.queries.js';
import { digestOf, type ThreadEnd } from './digest.js';

/** Events that one answer is made from; what is older waits until these were seen. */
const AT_ONCE = 1_000;

/** What a person missed in a task: the history above their last visit, told in sections, each thing once. */
@Injectable()
export class CatchUpService {
  constructor(
    private readonly source: DataSource,
    private readonly access: AccessService,
    private readonly reading: ReadingService,
    private readonly inbox: InboxService,
  ) {}

  /** From one frozen view, so that nothing is told twice or left out. @throws AppError `not-found` */
  read(personId: string, workspaceId: string): Promise<CatchUpAnswer> {
    return readConsistently(this.source, async (tx) => {
      const access = await this.access.of(personId, workspaceId, tx);
      const [head] = await readHeads(tx, [workspaceId]);
      if (!head) throw new AppError('not-found', {});
      const visit = await findVisit(tx, personId, workspaceId, head.seq);
      const found = await findMissed(tx, personId, workspaceId, visit, AT_ONCE + 1);
      const events = visible(found.slice(0, AT_ONCE), access).filter(({ type }) => type !== 'withheld');
      const rows = await this.inbox.openIn(tx, personId, workspaceId);
      const marks = access.readMessages ? await this.reading.marksIn(tx, personId, workspaceId) : [];
      const threads = await tx.query<(ThreadEnd & { id: string })[]>(
        'SELECT id, title, message_count AS last FROM threads WHERE id = ANY ($1::uuid[])',
        [marks.filter(({ unread }) => unread > 0).map(({ threadId }) => threadId)],
      );
      const ends = new Map(threads.map(({ id, ...end }) => [id, end]));
      return {
        first: visit.first,
        since: visit.at,
        head: head.seq,
        items: digestOf(events, rows, marks, (threadId) => ends.get(threadId) ?? { title: '', last: 0 }),
        more: found.length > AT_ONCE,
      };
    });
  }

  /** Only grows; may be said any number of times. @throws AppError `not-found` */
  async seen(actor: ActorView, { workspaceId, upTo, seqs }: CatchUpSeen): Promise<void> {
    await this.access.cached(actor.id, workspaceId);
    await this.source.transaction(async (tx) => {
      const [head] = await readHeads(tx, [workspaceId]);
      if (!head) throw new AppError('not-found', {});
      const visit = await findVisit(tx, actor.id, workspaceId, head.seq);
      const seq = Math.max(visit.seq, Math.min(upTo ?? 0, head.seq));
      const seen = (seqs ?? []).filter((each) => each > seq && each <= head.seq);
      await storeVisit(tx, actor.id, workspaceId, { seq, seen, at: new Date().toISOString() });
    });
  }

  /** How much there is in each of one's own tasks. */
  overview(personId: string, limit: number = LIMITS.page): Promise<CatchUpOverview> {
    const most = Math.min(limit, LIMITS.maxPage);
    return readConsistently(this.source, async (tx) => {
      const addressed = await this.inbox.addressedByTask(tx, personId);
      const tasks = await findOverview(tx, personId, addressed, most + 1);
      return { tasks: tasks.slice(0, most), more: tasks.length > most };
    });
  }
}
