import type { EntityManager } from 'typeorm';
import { REACTIONS, type MessageView, type ReactionCode, type ReactionView } from '#libs/contracts';
import type { OrganizationService } from '../organization/organization.service.js';
import { toMessageView, type Message } from './message.entity.js';

interface Row {
  message_id: string;
  code: ReactionCode;
  person_ids: string[];
}

/** Messages as members see them, with names and reactions: three questions, however many there are. */
export async function viewsOf(
  tx: EntityManager,
  organization: OrganizationService,
  rows: readonly Message[],
): Promise<MessageView[]> {
  if (rows.length === 0) return [];
  const names = await organization.namesOf(
    rows.flatMap((row) => [row.authorId, row.deletedBy, row.pinnedBy]),
    rows.map((row) => row.authorOpdId),
    tx,
  );
  const reactions = await reactionsTo(
    tx,
    rows.map((row) => row.id),
  );
  return rows.map((row) => toMessageView(row, names, reactions.get(row.id)));
}

async function reactionsTo(
  tx: EntityManager,
  messageIds: readonly string[],
): Promise<Map<string, ReactionView[]>> {
  const rows = await tx.query<Row[]>(
    `SELECT message_id, code, array_agg(person_id ORDER BY person_id) AS person_ids
     FROM message_reactions WHERE message_id = ANY($1::uuid[]) GROUP BY message_id, code`,
    [messageIds],
  );
  const reactions = new Map<string, ReactionView[]>();
  for (const { message_id: id, code, person_ids: personIds } of rows) {
    reactions.set(id, [...(reactions.get(id) ?? []), { code, personIds }]);
  }
  for (const list of reactions.values()) {
    list.sort((a, b) => REACTIONS.indexOf(a.code) - REACTIONS.indexOf(b.code));
  }
  return reactions;
}
