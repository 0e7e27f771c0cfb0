import { randomUUID } from 'node:crypto';
import type {
  DeleteMessage,
  EditMessage,
  FormerText,
  MessageView,
  PinMessage,
  ReactToMessage,
} from '#libs/contracts';
import { readHeads, type Receipt } from '#libs/database';
import type { City, Instance, PersonName } from './city.js';

type Wish<T> = Partial<T> & { at?: Instance };

export interface RoomWithMessage {
  taskId: string;
  threadId: string;
  message: MessageView;
}

/** What people do to messages, in a city. */
export class Talk {
  constructor(private readonly city: City) {}

  /** A room with one message of `member`. */
  async aRoom(body = 'Alat datang hari Rabu.'): Promise<RoomWithMessage> {
    const taskId = await this.city.aTask();
    const threadId = await this.city.aThread(taskId);
    await this.city.post('member', taskId, threadId, body);
    return { taskId, threadId, message: await this.latest(taskId, threadId) };
  }

  /** A message that `by` wrote so many minutes ago. */
  async anOldMessage(by: 'member' | 'lead', minutes: number): Promise<RoomWithMessage> {
    const taskId = await this.city.aTask();
    const threadId = await this.city.aThread(taskId);
    await this.city.here.past.post(
      this.city.people[by],
      {
        commandId: randomUUID(),
        taskId,
        threadId,
        messageId: randomUUID(),
        kind: 'MESSAGE',
        body: 'Alat datang hari Rabu.',
        opdId: null,
        replyTo: null,
        attachments: ['jadwal.pdf'],
      },
      new Date(Date.now() - minutes * 60_000).toISOString(),
    );
    return { taskId, threadId, message: await this.latest(taskId, threadId) };
  }

  async latest(taskId: string, threadId: string): Promise<MessageView> {
    const message = (await this.city.messages(taskId, threadId)).at(-1);
    if (!message) throw new Error('nothing was written');
    return message;
  }

  edit(by: PersonName, taskId: string, message: MessageView, wish: Wish<EditMessage> = {}): Promise<Receipt> {
    const { at = this.city.here, ...more } = wish;
    const { edits: baseEdits } = message;
    const body = 'Alat datang hari Kamis.';
    return at.messages.edit(this.city.people[by], { ...about(taskId, message), baseEdits, body, ...more });
  }

  delete(
    by: PersonName,
    taskId: string,
    message: MessageView,
    wish: Wish<DeleteMessage> = {},
  ): Promise<Receipt> {
    const { at = this.city.here, ...more } = wish;
    return at.messages.delete(this.city.people[by], { ...about(taskId, message), ...more });
  }

  react(
    by: PersonName,
    taskId: string,
    message: MessageView,
    wish: Wish<ReactToMessage> = {},
  ): Promise<Receipt> {
    const { at = this.city.here, ...more } = wish;
    const agree = { code: 'AGREE', on: true } as const;
    return at.messages.react(this.city.people[by], { ...about(taskId, message), ...agree, ...more });
  }

  pin(by: PersonName, taskId: string, message: MessageView, wish: Wish<PinMessage> = {}): Promise<Receipt> {
    const { at = this.city.here, ...more } = wish;
    return at.messages.pin(this.city.people[by], { ...about(taskId, message), on: true, ...more });
  }

  async former(by: PersonName, taskId: string, { id: messageId }: MessageView): Promise<FormerText[]> {
    const { id } = this.city.people[by];
    return (await this.city.here.messages.edits(id, { workspaceId: taskId, messageId })).texts;
  }

  async head(taskId: string): Promise<number> {
    return (await readHeads(this.city.here.source.manager, [taskId]))[0]?.seq ?? -1;
  }
}

function about(workspaceId: string, { id: messageId }: MessageView) {
  return { workspaceId, commandId: randomUUID(), messageId };
}
