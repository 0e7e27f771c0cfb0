/** A moment as ISO 8601 in UTC, e.g. `2026-11-24T02:00:00.000Z`. */
export type Instant = string;
/** A calendar day in Asia/Jakarta, `YYYY-MM-DD`. */
export type Day = string;

export interface OpdRef {
  id: string;
  code: string;
  name: string;
  abbreviation: string;
}

export type PositionMode = 'DEFINITIVE' | 'PLT' | 'PLH';

/** What a position or grant lets its holder do; the policy reads only these. */
export type Role =
  | 'WALI_KOTA'
  | 'WAKIL_WALI_KOTA'
  | 'SEKDA'
  | 'ASISTEN'
  | 'KEPALA_OPD'
  | 'PEMANTAU'
  | 'ADMIN_OPD'
  | 'PPID'
  | 'ADMIN_SISTEM';

/** Team roles come from membership of one task, not from a position. */
export type TeamRole = 'KETUA_TIM' | 'ANGGOTA';

/** A role that holds today, with the unit it is about (`null`: the whole city). */
export interface HeldRole {
  role: Role;
  opdId: string | null;
}

/** As much of a person as colleagues see: never NIP, birth date, sex or contact. */
export interface ActorView {
  id: string;
  /** With titles: `Dr. Ir. H. Nama Lengkap, S.T., M.Si.` */
  name: string;
  /** Abbreviation of the unit the person stands in; empty for the two elected leaders. */
  opd: string;
}

export interface PositionView {
  title: string;
  opd: OpdRef;
  mode: PositionMode;
  validFrom: Day;
  validTo: Day | null;
}
