import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Day, PositionMode } from '#libs/contracts';
import type { Opd } from '../opd.entity.js';
import type { PeoplePlan, PersonRow } from '../people.store.js';
import { normalName } from '../person-name.js';
import type { PersonCandidate } from './people.rows.js';
import type { Fault } from './report.js';

/** What earlier rows of the same file said: by NIP, and who brought an e-mail address. */
export interface FileMemory {
  people: Map<
    string,
    { line: number; normalName: string; definitive: { line: number; says: string } | null }
  >;
  emails: Map<string, string>;
}

interface Context {
  day: Day;
  validFrom: Day;
  opds: ReadonlyMap<string, Opd>;
  memory: FileMemory;
}

type Outcome = { line: number; warnings: Fault[] } & (
  | { fault: Fault; outcome?: undefined }
  | { fault?: undefined; outcome: 'added' | 'changed' | 'unchanged' }
);

interface Known extends PersonRow {
  posts: {
    id: string;
    opdId: string;
    title: string;
    positionKind: string;
    grade: string | null;
    mode: PositionMode;
    validFrom: Day;
  }[];
}

/** Works out what a batch of rows changes, against the database and the file's earlier rows. Writes nothing. */
export class PeopleBatch {
  private readonly plan: PeoplePlan = { insert: [], update: [], assign: [], regrade: [] };
  private readonly outcomes: Outcome[] = [];
  private byNip = new Map<string, Known>();
  private nipByEmail = new Map<string, string>();

  constructor(
    private readonly tx: EntityManager,
    private readonly context: Context,
  ) {}

  async settle(candidates: readonly PersonCandidate[]): Promise<{ plan: PeoplePlan; outcomes: Outcome[] }> {
    await this.load(candidates);
    for (const candidate of candidates) {
      const { line, warnings } = candidate;
      const opd = this.context.opds.get(candidate.opdCode);
      const fault = this.faultOf(candidate, opd);
      if (fault || !opd)
        this.outcomes.push({ line, warnings, fault: fault ?? unknownOpd(candidate.opdCode) });
      else this.outcomes.push({ line, warnings, outcome: this.accept(candidate, opd) });
    }
    return { plan: this.plan, outcomes: this.outcomes };
  }

  private async load(candidates: readonly PersonCandidate[]): Promise<void> {
    const persons = await this.tx.query<PersonRow[]>(
      `SELECT id, nip, front_titles AS "frontTitles", name, back_titles AS "backTitles", email, opd_id AS "opdId"
         FROM persons WHERE nip = ANY ($1) OR email = ANY ($2)`,
      [
        candidates.map(({ nip }) => nip),
        candidates.map(({ email }) => email).filter((email) => email !== null),
      ],
    );
    const posts = await this.tx.query<(Known['posts'][number] & { personId: string })[]>(
      `SELECT id, person_id AS "personId", opd_id AS "opdId", title, position_kind AS "positionKind", grade, mode,
              valid_from::text AS "validFrom"
         FROM position_assignments
        WHERE person_id = ANY ($1::uuid[]) AND valid_from <= $2::date AND (valid_to IS NULL OR valid_to >= $2::date)
        ORDER BY valid_from DESC`,
      [persons.map(({ id }) => id), this.context.day],
    );
    const postsOf = new Map<string, Known['posts']>();
    for (const { personId, ...post } of posts)
      postsOf.set(personId, [...(postsOf.get(personId) ?? []), post]);
    for (const person of persons) {
      // An elected leader has no NIP, but may own an e-mail address.
      this.nipByEmail.set(person.email ?? '', person.nip ?? '');
      if (person.nip) this.byNip.set(person.nip, { ...person, posts: postsOf.get(person.id) ?? [] });
    }
  }

  /** In the order the checks are agreed on: number, unit, post and grade, e-mail. */
  private faultOf(candidate: PersonCandidate, opd: Opd | undefined): Fault | null {
    return (
      this.duplicate(candidate) ??
      (opd && !hasEnded(opd, this.context.day) ? null : unknownOpd(candidate.opdCode)) ??
      candidate.later.position ??
      candidate.later.email ??
      this.takenEmail(candidate)
    );
  }

  private duplicate(candidate: PersonCandidate): Fault | null {
    const earlier = this.context.memory.people.get(candidate.nip);
    if (earlier && earlier.normalName !== candidate.normalName) {
      return duplicateNip(`NIP sama dengan baris ${earlier.line}, tetapi namanya lain`);
    }
    const said = earlier?.definitive;
    if (said && candidate.mode === 'DEFINITIVE' && said.says !== saying(candidate)) {
      return duplicateNip(`NIP sama dengan baris ${said.line}, tetapi isinya lain`);
    }
    const known = this.byNip.get(candidate.nip);
    if (!known || normalName(known.name) === candidate.normalName) return null;
    const unit = [...this.context.opds.values()].find(({ id }) => id === known.opdId);
    return duplicateNip(`NIP sudah dipakai pegawai lain${unit ? ` di ${unit.abbreviation}` : ''}`);
  }

  private takenEmail({ nip, email }: PersonCandidate): Fault | null {
    if (email === null) return null;
    const owner = this.context.memory.emails.get(email) ?? this.nipByEmail.get(email);
    if (owner === undefined || owner === nip) return null;
    return {
      field: 'email',
      code: 'EMAIL_DUPLICATE',
      reason: 'Alamat surel sudah dipakai pegawai lain',
      remedy: 'Pakai alamat surel pribadi kedinasan, atau kosongkan.',
    };
  }

  private accept(candidate: PersonCandidate, opd: Opd): 'added' | 'changed' | 'unchanged' {
    const known = this.byNip.get(candidate.nip);
    const earlier = this.context.memory.people.get(candidate.nip);
    this.remember(candidate);
    // A dry run does not find in the database what an earlier row would have put there.
    const repeated = earlier !== undefined && candidate.mode === 'DEFINITIVE' && earlier.definitive !== null;
    if (repeated) return 'unchanged';
    const person = known ?? this.add(candidate, opd);
    const personal = known !== undefined && this.bringUpToDate(known, candidate, opd);
    const post = this.place(person, candidate, opd);
    if (!known) return earlier ? 'changed' : 'added';
    return personal || post ? 'changed' : 'unchanged';
  }

  private remember(candidate: PersonCandidate): void {
    const { people, emails } = this.context.memory;
    const { nip, line, normalName: name, email } = candidate;
    const earlier = people.get(nip) ?? { line, normalName: name, definitive: null };
    if (candidate.mode === 'DEFINITIVE') earlier.definitive ??= { line, says: saying(candidate) };
    people.set(nip, earlier);
    if (email) emails.set(email, nip);
  }

  private add(candidate: PersonCandidate, opd: Opd): Known {
    const { nip, frontTitles, name, backTitles, email } = candidate;
    const person = { id: randomUUID(), nip, frontTitles, name, backTitles, email, opdId: opd.id };
    this.plan.insert.push(person);
    const known = { ...person, posts: [] };
    this.byNip.set(nip, known);
    return known;
  }

  /** An acting post says nothing about the person's own unit. */
  private bringUpToDate(known: Known, candidate: PersonCandidate, opd: Opd): boolean {
    if (candidate.mode !== 'DEFINITIVE') return false;
    const { frontTitles, name, backTitles } = candidate;
    const next = { frontTitles, name, backTitles, email: candidate.email ?? known.email, opdId: opd.id };
    const same = (Object.keys(next) as (keyof typeof next)[]).every((key) => next[key] === known[key]);
    if (same) return false;
    Object.assign(known, next);
    const { posts: _, ...row } = known;
    const waiting = this.plan.insert.find(({ id }) => id === known.id);
    if (waiting) Object.assign(waiting, next);
    else this.plan.update.push(row);
    return true;
  }

  private place(person: Known, candidate: PersonCandidate, opd: Opd): boolean {
    const { title, positionKind, grade, mode } = candidate;
    const held = person.posts.find((post) =>
      mode === 'DEFINITIVE'
        ? post.mode === mode
        : post.mode === mode && post.opdId === opd.id && post.title === title,
    );
    if (held && held.opdId === opd.id && held.title === title) {
      if (held.positionKind === positionKind && held.grade === grade) return false;
      Object.assign(held, { positionKind, grade });
      this.plan.regrade.push({ id: held.id, positionKind, grade });
      return true;
    }
    // Someone who is known here and moves does so on the day of the import, unless the file says when.
    const validFrom = candidate.validFrom ?? (held ? this.context.day : this.context.validFrom);
    const post = { id: randomUUID(), opdId: opd.id, title, positionKind, grade, mode, validFrom };
    this.plan.assign.push({ ...post, personId: person.id });
    person.posts.push(post);
    return true;
  }
}

function saying({
  opdCode,
  title,
  positionKind,
  grade,
  email,
  frontTitles,
  name,
  backTitles,
}: PersonCandidate): string {
  return JSON.stringify([opdCode, title, positionKind, grade, email, frontTitles, name, backTitles]);
}

function hasEnded(opd: Opd, day: Day): boolean {
  return opd.validTo !== null && opd.validTo < day;
}

function duplicateNip(reason: string): Fault {
  return {
    field: 'nip',
    code: 'NIP_DUPLICATE',
    reason,
    remedy: 'Periksa NIP kedua orang; satu NIP hanya untuk satu orang.',
  };
}

export function unknownOpd(code: string): Fault {
  const shown = /^[A-Z0-9-]{1,40}$/.test(code) ? ` "${code}"` : '';
  return {
    field: 'opd_code',
    code: 'OPD_UNKNOWN',
    reason: `Kode OPD${shown} tidak ada atau tidak berlaku lagi`,
    remedy: 'Pakai kode dari daftar OPD, atau impor OPD itu lebih dahulu.',
  };
}
