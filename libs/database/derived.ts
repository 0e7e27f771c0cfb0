import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { ActorView, Instant, StreamEvent } from '#libs/contracts';
import type { CommittedFrame, NewEvent } from './command.js';
import { MissingStream, number } from './numbering.js';

/** Who stands behind what follows from the history by itself: no person. */
export const SYSTEM_ACTOR: ActorView = {
  id: '00000000-0000-0000-0000-000000000000',
  name: 'Simpul',
  opd: '',
};

// Fixed for ever: ids made from names must stay the same.
const NAMESPACE = Buffer.from('6f0d7a5c2f4b4c1e9b3d51a7c0e48d12', 'hex');

/** The UUIDv5 of a name: the same name gives the same id, in every run and on every machine. */
export function uuidOf(name: string): string {
  const bytes = createHash('sha1').update(NAMESPACE).update(name).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/**
 * Numbers an event that follows from `cause`, in a consumer's transaction. Its command id is made from the cause, so
 * that a consumer that reads its history again can't write the same thing twice.
 *
 * @returns what was written, to be announced after the commit; nothing when this cause had been dealt with before;
 * null when there is no such stream: nothing was written, the transaction can go on, and trying again would not help
 */
export async function numberDerived(
  tx: EntityManager,
  cause: Pick<StreamEvent, 'streamId' | 'seq'>,
  event: NewEvent,
  at: Instant,
): Promise<CommittedFrame[] | null> {
  const commandId = uuidOf(`${event.streamId} ${cause.streamId} ${cause.seq}`);
  const known = await tx.query<unknown[]>('SELECT 1 FROM command WHERE actor_id = $1 AND command_id = $2', [
    SYSTEM_ACTOR.id,
    commandId,
  ]);
  if (known.length > 0) return [];
  const digest = createHash('sha256')
    .update(event.type)
    .update('\0')
    .update(JSON.stringify(event.data))
    .digest();
  try {
    return await number(tx, { actor: SYSTEM_ACTOR, commandId, digest }, [event], [], at);
  } catch (error) {
    if (error instanceof MissingStream) return null;
    throw error;
  }
}
