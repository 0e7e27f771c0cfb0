import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import {
  AppError,
  LIMITS,
  type ActorView,
  type PublicUpdateView,
  type ThreadWindow,
  type WorkspaceRights,
  type WorkspaceState,
} from '#libs/contracts';
import { readConsistently, readHeads } from '#libs/database';
import type { Access } from '../access/access.policy.js';
import { AccessService, type StreamAccess } from '../access/access.service.js';
import { Message, toMessageView } from '../discussion/message.entity.js';
import { Thread, toThreadView } from '../discussion/thread.entity.js';
import { OrganizationService } from '../organization/organization.service.js';
import { DecisionRequest, toDecisionView } from './decision-request.entity.js';
import { Milestone, toMilestoneView } from './milestone.entity.js';
import { namesFor, type Names } from './names.js';
import { StatusChange, toStatusChangeView } from './status-change.entity.js';
import { TaskOpd, toTaskOpdView } from './task-opd.entity.js';
import { Task, toTaskView } from './task.entity.js';
import { toMemberView, WorkTeamMember } from './work-team-member.entity.js';

/** A workspace at one moment of its history, as one person sees it. */
export interface Snapshot {
  epoch: string;
  seq: number;
  access: StreamAccess;
  state: WorkspaceState;
}

/** The first view of a workspace. Bounded: it costs what is shown, not what was ever written. */
@Injectable()
export class WorkspaceReader {
  constructor(
    private readonly source: DataSource,
    private readonly access: AccessService,
    private readonly organization: OrganizationService,
  ) {}

  /** Rights, rows and the head of one frozen view. @throws AppError `not-found` */
  snapshot(personId: string, workspaceId: string): Promise<Snapshot> {
    return readConsistently(this.source, async (tx) => {
      const access = await this.access.of(personId, workspaceId, tx);
      const [head] = await readHeads(tx, [workspaceId]);
      if (!head) throw new AppError('not-found', {});
      const state = await this.state(tx, workspaceId, access);
      return { epoch: head.epoch, seq: head.seq, access, state };
    });
  }

  /**
   * The state itself; `tx` must be a frozen view, or rows and `seq` are of different moments. Who may not read
   * messages gets no threads.
   */
  async state(
    tx: EntityManager,
    workspaceId: string,
    access: Pick<Access, 'readMessages'>,
  ): Promise<WorkspaceState> {
    const [head] = await readHeads(tx, [workspaceId]);
    const task = await tx.findOneBy(Task, { id: workspaceId });
    if (!head || !task) throw new AppError('not-found', {});
    const of = { taskId: workspaceId };
    const opds = await tx.find(TaskOpd, { where: of, order: { position: 'ASC' } });
    const members = await tx.find(WorkTeamMember, { where: of, order: { joinedAt: 'ASC', personId: 'ASC' } });
    const milestones = await tx.find(Milestone, { where: of, order: { position: 'ASC' } });
    const decisions = await tx.find(DecisionRequest, { where: of, order: { requestedAt: 'ASC', id: 'ASC' } });
    const changes = await tx.find(StatusChange, {
      where: of,
      order: { at: 'DESC', id: 'DESC' },
      take: LIMITS.statusChangesInSnapshot,
    });
    const updates = await readUpdates(tx, workspaceId);
    const talk = access.readMessages ? await readTalk(tx, workspaceId) : { threads: [], messages: [] };

    const names = await namesFor(
      this.organization,
      tx,
      [
        task.steeringId,
        task.teamLeadId,
        ...members.map((m) => m.personId),
        ...decisions.flatMap((d) => [d.deciderId, d.requestedBy]),
        ...changes.map((c) => c.byId),
        ...updates.flatMap((u) => [u.drafted_by, u.reviewed_by]),
        ...talk.threads.map((t) => t.createdBy),
        ...talk.messages.map((m) => m.authorId),
      ],
      [
        task.coordinatingOpdId,
        ...opds.map((o) => o.opdId),
        ...milestones.map((m) => m.opdId),
        ...talk.messages.map((m) => m.authorOpdId),
      ],
    );
    return {
      seq: head.seq,
      task: toTaskView(task, names),
      opds: opds.map((row) => toTaskOpdView(row, names)),
      members: members.map((row) => toMemberView(row, names)),
      milestones: milestones.map((row) => toMilestoneView(row, names)),
      decisions: decisions.map((row) => toDecisionView(row, names)),
      statusChanges: changes.reverse().map((row) => toStatusChangeView(row, names.person(row.byId))),
      threads: talk.threads.map((row) => toThreadView(row, names.person(row.createdBy))),
      windows: windowsOf(talk, names),
      publicUpdates: updates.map((row) => toUpdateView(row, names.person)),
    };
  }
}

export function toRights(access: Access): WorkspaceRights {
  const { readMessages, post, openThread, draftPublicUpdate, milestones, transitions } = access;
  return { readMessages, post, openThread, draftPublicUpdate, milestones, transitions };
}

interface Talk {
  threads: Thread[];
  /** The newest page of the thread that was written in last, ascending. */
  messages: Message[];
}

async function readTalk(tx: EntityManager, taskId: string): Promise<Talk> {
  const threads = await tx.find(Thread, {
    where: { taskId },
    order: { createdAt: 'DESC', id: 'DESC' },
    take: LIMITS.threadsInSnapshot,
  });
  threads.reverse();
  let latest: Thread | undefined;
  for (const thread of threads) {
    if (thread.lastMessageAt && (!latest?.lastMessageAt || thread.lastMessageAt >= latest.lastMessageAt))
      latest = thread;
  }
  if (!latest) return { threads, messages: [] };
  const messages = await tx.find(Message, {
    where: { threadId: latest.id },
    order: { no: 'DESC' },
    take: LIMITS.page,
  });
  return { threads, messages: messages.reverse() };
}

/** The loaded page, and an empty window for each thread without messages: all of it is known too. */
function windowsOf({ threads, messages }: Talk, names: Names): Record<string, ThreadWindow> {
  const windows: Record<string, ThreadWindow> = {};
  for (const thread of threads) if (thread.messageCount === 0) windows[thread.id] = { messages: [] };
  const [first] = messages;
  if (first) windows[first.threadId] = { messages: messages.map((row) => toMessageView(row, names)) };
  return windows;
}

interface UpdateRow {
  id: string;
  task_id: string;
  body: string;
  status: PublicUpdateView['status'];
  drafted_by: string;
  drafted_at: Date;
  reviewed_by: string | null;
  reviewed_at: Date | null;
  reason: string | null;
}

async function readUpdates(tx: EntityManager, taskId: string): Promise<UpdateRow[]> {
  const rows = await tx.query<UpdateRow[]>(
    `SELECT id, task_id, body, status, drafted_by, drafted_at, reviewed_by, reviewed_at, reason
     FROM public_updates WHERE task_id = $1 ORDER BY drafted_at DESC, id DESC LIMIT $2`,
    [taskId, LIMITS.publicUpdatesInSnapshot],
  );
  return rows.reverse();
}

function toUpdateView(row: UpdateRow, person: (id: string) => ActorView): PublicUpdateView {
  return {
    id: row.id,
    taskId: row.task_id,
    body: row.body,
    status: row.status,
    draftedBy: person(row.drafted_by),
    draftedAt: row.drafted_at.toISOString(),
    reviewedBy: row.reviewed_by === null ? null : person(row.reviewed_by),
    reviewedAt: row.reviewed_at?.toISOString() ?? null,
    reason: row.reason,
  };
}
