import { Entity, PrimaryColumn } from 'typeorm';
import type { ReactionCode } from '#libs/contracts';

/** A person's answer to a message without words. */
@Entity('message_reactions')
export class MessageReaction {
  @PrimaryColumn('uuid', { name: 'message_id' })
  messageId: string;

  @PrimaryColumn('uuid', { name: 'person_id' })
  personId: string;

  @PrimaryColumn('text')
  code: ReactionCode;
}
