import type { EntityManager } from 'typeorm';
import type { Day, PositionMode } from '#libs/contracts';

export interface PersonRow {
  id: string;
  nip: string | null;
  frontTitles: string;
  name: string;
  backTitles: string;
  email: string | null;
  opdId: string | null;
}

export interface AssignmentInput {
  id: string;
  personId: string;
  opdId: string;
  title: string;
  positionKind: string;
  grade: string | null;
  mode: PositionMode;
  validFrom: Day;
  validTo?: Day | null;
}

/** What is to be written for a batch of people, worked out before. */
export interface PeoplePlan {
  insert: PersonRow[];
  update: PersonRow[];
  assign: AssignmentInput[];
  /** The same post with another grade or kind: a promotion or a correction, no move. */
  regrade: { id: string; positionKind: string; grade: string | null }[];
}

const PERSON = `jsonb_to_recordset($1::jsonb) AS r(id uuid, nip text, "frontTitles" text, name text, "backTitles" text,
  email text, "opdId" uuid)`;

/** A few statements for a whole batch, so that ten thousand people take seconds. */
export async function savePeople(tx: EntityManager, plan: PeoplePlan): Promise<void> {
  if (plan.insert.length > 0) {
    await tx.query(
      `INSERT INTO persons (id, nip, front_titles, name, back_titles, email, opd_id)
       SELECT id, nip, "frontTitles", name, "backTitles", email, "opdId" FROM ${PERSON}`,
      [JSON.stringify(plan.insert)],
    );
  }
  if (plan.update.length > 0) {
    await tx.query(
      `UPDATE persons p SET front_titles = r."frontTitles", name = r.name, back_titles = r."backTitles",
              email = r.email, opd_id = r."opdId"
         FROM ${PERSON} WHERE p.id = r.id`,
      [JSON.stringify(plan.update)],
    );
  }
  if (plan.regrade.length > 0) {
    await tx.query(
      `UPDATE position_assignments a SET position_kind = r."positionKind", grade = r.grade
         FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, "positionKind" text, grade text) WHERE a.id = r.id`,
      [JSON.stringify(plan.regrade)],
    );
  }
  await saveAssignments(tx, plan.assign);
}

/** Writes posts; a definitive one takes the place of the person's definitive post at that time. */
export async function saveAssignments(
  tx: EntityManager,
  assignments: readonly AssignmentInput[],
): Promise<void> {
  if (assignments.length === 0) return;
  const definitive = JSON.stringify(assignments.filter(({ mode }) => mode === 'DEFINITIVE'));
  const before = `FROM jsonb_to_recordset($1::jsonb) AS r("personId" uuid, "validFrom" date)
    WHERE a.person_id = r."personId" AND a.mode = 'DEFINITIVE'`;
  // One that began the same day was a mistake of that day, and never held.
  await tx.query(
    `DELETE FROM position_assignments a USING ${before.slice(5)} AND a.valid_from = r."validFrom"`,
    [definitive],
  );
  await tx.query(
    `UPDATE position_assignments a SET valid_to = r."validFrom" - 1 ${before}
        AND a.valid_from < r."validFrom" AND (a.valid_to IS NULL OR a.valid_to >= r."validFrom")`,
    [definitive],
  );
  await tx.query(
    `INSERT INTO position_assignments (id, person_id, opd_id, title, position_kind, grade, mode, valid_from, valid_to)
     SELECT id, "personId", "opdId", title, "positionKind", grade, mode, "validFrom", "validTo"
       FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, "personId" uuid, "opdId" uuid, title text,
            "positionKind" text, grade text, mode text, "validFrom" date, "validTo" date)`,
    [JSON.stringify(assignments)],
  );
}
