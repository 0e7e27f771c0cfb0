import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day, HandoverHold, HandoverStatus, HandoverStep, HandoverView } from '#libs/contracts';
import type { Names } from '../organization/organization.service.js';

/** A piece of work that goes from unit to unit, with its latest hold. */
@Entity('handovers')
export class Handover {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'task_id' })
  taskId: string;

  @Column('text')
  title: string;

  @Column('text')
  what: string;

  @Column('date', { name: 'due_date' })
  dueDate: Day;

  @Column('text')
  status: HandoverStatus;

  @Column('uuid', { name: 'giver_opd_id' })
  giverOpdId: string;

  @Column('uuid', { name: 'receiver_opd_id' })
  receiverOpdId: string;

  @Column('uuid', { name: 'holder_opd_id' })
  holderOpdId: string;

  @Column('timestamptz', { name: 'held_since' })
  heldSince: Date;

  @Column('int')
  returns: number;

  @Column('uuid', { name: 'opened_by' })
  openedBy: string;

  @Column('timestamptz', { name: 'opened_at' })
  openedAt: Date;

  @Column('int')
  no: number;

  @Column('text')
  step: HandoverStep;

  @Column('uuid', { name: 'moved_by' })
  movedBy: string;

  @Column('timestamptz', { name: 'moved_at' })
  movedAt: Date;

  @Column('text', { nullable: true })
  note: string | null;
}

/** Who has held it from when to when; without an end only the present one. */
@Entity('handover_holds')
export class HandoverHoldRow {
  @PrimaryColumn('uuid', { name: 'handover_id' })
  handoverId: string;

  @PrimaryColumn('int')
  no: number;

  @Column('text')
  step: HandoverStep;

  @Column('uuid', { name: 'opd_id' })
  opdId: string;

  @Column('uuid', { name: 'by_id' })
  byId: string;

  @Column('timestamptz')
  at: Date;

  @Column('timestamptz', { nullable: true })
  until: Date | null;

  // The driver reads a bigint as text.
  @Column('bigint', {
    name: 'worked_ms',
    nullable: true,
    transformer: {
      from: (value: string | null) => (value === null ? null : Number(value)),
      to: (value: number | null) => value,
    },
  })
  workedMs: number | null;

  @Column('text', { nullable: true })
  note: string | null;
}

/** Everybody and every unit that the view of a piece names. */
export function namedIn(row: Handover): { people: string[]; opds: string[] } {
  return {
    people: [row.openedBy, row.movedBy],
    opds: [row.giverOpdId, row.receiverOpdId, row.holderOpdId],
  };
}

export function toHandoverView(row: Handover, names: Names): HandoverView {
  return {
    id: row.id,
    title: row.title,
    what: row.what,
    dueDate: row.dueDate,
    status: row.status,
    giver: names.opd(row.giverOpdId),
    receiver: names.opd(row.receiverOpdId),
    holder: names.opd(row.holderOpdId),
    heldSince: row.heldSince.toISOString(),
    returns: row.returns,
    openedBy: names.person(row.openedBy),
    openedAt: row.openedAt.toISOString(),
    last: {
      no: row.no,
      step: row.step,
      opd: names.opd(row.holderOpdId),
      by: names.person(row.movedBy),
      at: row.movedAt.toISOString(),
      note: row.note,
    },
  };
}

export function toHold(row: HandoverHoldRow, names: Names): HandoverHold {
  return {
    no: row.no,
    step: row.step,
    opd: names.opd(row.opdId),
    by: names.person(row.byId),
    at: row.at.toISOString(),
    note: row.note,
  };
}
