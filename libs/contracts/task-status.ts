import type { Role, TeamRole } from './organization.js';
import type { TaskStatus } from './tasks.js';

export type ActingRole = Role | TeamRole | 'SYSTEM';

/**
 * What citizens are told instead of a status. A page keeps the word itself, so whoever dresses or translates it lists
 * each one (`Record<PublicLabel, …>`).
 */
export type PublicLabel = 'Direncanakan' | 'Sedang dikerjakan' | 'Ditunda' | 'Selesai' | 'Dibatalkan';

/** One row of the status vocabulary. Codes and edges are fixed; labels and roles an admin may change later. */
export interface StatusRule {
  label: string;
  publicLabel: PublicLabel | null;
  next: Partial<Record<TaskStatus, readonly ActingRole[]>>;
}

const LEADERS = ['SEKDA', 'ASISTEN', 'WAKIL_WALI_KOTA', 'WALI_KOTA'] as const;
const LEAD_OR_LEADERS = ['KETUA_TIM', ...LEADERS] as const;

/** The status machine, as in the sample data's vocabulary (which decides where other texts differ). */
export const STATUS_RULES: Record<TaskStatus, StatusRule> = {
  DRAFT: {
    label: 'Draf',
    publicLabel: null,
    next: { PROPOSED: ['KEPALA_OPD'], CANCELLED: ['KEPALA_OPD', 'KETUA_TIM'] },
  },
  PROPOSED: {
    label: 'Diusulkan',
    publicLabel: null,
    next: { ASSIGNED: LEADERS, DRAFT: [...LEADERS, 'KEPALA_OPD'], CANCELLED: [...LEADERS, 'KEPALA_OPD'] },
  },
  ASSIGNED: {
    label: 'Ditugaskan',
    publicLabel: 'Direncanakan',
    next: { IN_PROGRESS: ['KETUA_TIM'], PROPOSED: [...LEADERS, 'KEPALA_OPD'], CANCELLED: LEADERS },
  },
  IN_PROGRESS: {
    label: 'Berjalan',
    publicLabel: 'Sedang dikerjakan',
    next: {
      BLOCKED: ['KETUA_TIM'],
      AWAITING_DECISION: ['KETUA_TIM'],
      ON_HOLD: LEAD_OR_LEADERS,
      IN_VERIFICATION: ['KETUA_TIM'],
      CANCELLED: LEADERS,
    },
  },
  BLOCKED: {
    label: 'Terkendala',
    publicLabel: 'Sedang dikerjakan',
    next: {
      IN_PROGRESS: ['KETUA_TIM'],
      AWAITING_DECISION: ['KETUA_TIM'],
      ON_HOLD: LEAD_OR_LEADERS,
      CANCELLED: LEADERS,
    },
  },
  AWAITING_DECISION: {
    label: 'Menunggu Keputusan',
    publicLabel: 'Sedang dikerjakan',
    next: {
      IN_PROGRESS: ['KETUA_TIM'],
      BLOCKED: ['KETUA_TIM'],
      ON_HOLD: LEAD_OR_LEADERS,
      CANCELLED: LEADERS,
    },
  },
  ON_HOLD: {
    label: 'Ditunda',
    publicLabel: 'Ditunda',
    next: { IN_PROGRESS: ['KETUA_TIM'], CANCELLED: LEADERS },
  },
  IN_VERIFICATION: {
    label: 'Verifikasi Hasil',
    publicLabel: 'Sedang dikerjakan',
    next: { COMPLETED: LEADERS, IN_PROGRESS: LEADERS },
  },
  COMPLETED: {
    label: 'Selesai',
    publicLabel: 'Selesai',
    next: { ARCHIVED: ['KETUA_TIM', 'ADMIN_OPD', 'SYSTEM'], IN_PROGRESS: LEADERS },
  },
  CANCELLED: {
    label: 'Dibatalkan',
    publicLabel: 'Dibatalkan',
    next: { ARCHIVED: ['KETUA_TIM', 'ADMIN_OPD', 'SYSTEM'] },
  },
  ARCHIVED: { label: 'Diarsipkan', publicLabel: 'Selesai', next: {} },
};

/** Discussion and milestones can only be read in these. */
export const READ_ONLY_STATUSES: ReadonlySet<TaskStatus> = new Set(['COMPLETED', 'CANCELLED', 'ARCHIVED']);

/** A published task that goes to one of these owes citizens a sentence. */
export const NEEDS_PUBLIC_SENTENCE: ReadonlySet<TaskStatus> = new Set(['BLOCKED', 'ON_HOLD', 'CANCELLED']);

/** Where a holder of these roles may move a task from `from`, in the order of the vocabulary. */
export function transitionsFor(from: TaskStatus, roles: Iterable<ActingRole>): TaskStatus[] {
  const held = new Set(roles);
  return (Object.entries(STATUS_RULES[from].next) as [TaskStatus, readonly ActingRole[]][])
    .filter(([, by]) => by.some((role) => held.has(role)))
    .map(([to]) => to);
}
