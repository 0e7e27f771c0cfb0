import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a message said before one of its edits. */
@Entity('message_edits')
export class MessageEdit {
  @PrimaryColumn('uuid', { name: 'message_id' })
  messageId: string;

  /** How many edits came before: 0 is what was posted. */
  @PrimaryColumn('int')
  edit: number;

  /** Empty once the message is deleted. */
  @Column('text')
  body: string;

  @Column('timestamptz')
  since: Date;

  /** The author's command that put another text in its place. */
  @Column('uuid', { name: 'command_id' })
  commandId: string;
}
