import type { EntityManager } from 'typeorm';
import type { DeletionView } from '#libs/contracts';
import { MessageEdit } from './message-edit.entity.js';
import { MessageReaction } from './message-reaction.entity.js';
import type { Message } from './message.entity.js';

/**
 * Takes what a message said out of everything that is kept of it beside its own row: the events of its posting and
 * of its edits, its former texts, and who answered it by a reaction. The events are found by the author's commands.
 */
export async function redact(tx: EntityManager, message: Message, deleted: DeletionView): Promise<void> {
  const edits = await tx.find(MessageEdit, {
    select: { commandId: true, messageId: true, edit: true },
    where: { messageId: message.id },
  });
  const commandIds = [message.commandId, ...edits.map((edit) => edit.commandId)];
  const tombstone = { body: '', mentions: [], attachments: [], deleted };
  const [events] = await tx.query<[unknown[], number]>(REDACT, [
    message.authorId,
    commandIds,
    message.id,
    JSON.stringify(tombstone),
  ]);
  // Rather no deletion than one that leaves the words where the next one who catches up reads them.
  if (events.length !== commandIds.length) {
    throw new Error(`${events.length} of ${commandIds.length} events of message ${message.id} were found`);
  }
  await tx.update(MessageEdit, { messageId: message.id }, { body: '' });
  await tx.delete(MessageReaction, { messageId: message.id });
}

const REDACT = `
UPDATE stream_event e
SET data = jsonb_set(e.data, '{message}', (e.data -> 'message') || $4::jsonb)
FROM command c
WHERE c.actor_id = $1 AND c.command_id = ANY($2::uuid[])
  AND e.stream_id = c.stream_id AND e.seq = c.seq AND e.data -> 'message' ->> 'id' = $3
RETURNING e.seq`;
