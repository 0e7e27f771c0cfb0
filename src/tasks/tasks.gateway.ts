import { MessageBody } from '@nestjs/websockets';
import type { ActorView } from '#libs/contracts';
import type { Receipt } from '#libs/database';
import { Actor, RealtimeGateway, WsCommand } from '../realtime/ws-command.js';
import { ChangeMilestoneDto, ChangeTaskStatusDto } from './tasks.dto.js';
import { TasksService } from './tasks.service.js';

@RealtimeGateway()
export class TasksGateway {
  constructor(private readonly tasks: TasksService) {}

  @WsCommand('task.change-status')
  changeStatus(@Actor() actor: ActorView, @MessageBody() dto: ChangeTaskStatusDto): Promise<Receipt> {
    const { workspaceId, commandId, to, note = '', publicSentence, letter } = dto;
    return this.tasks.changeStatus(actor, { workspaceId, commandId, to, note, publicSentence, letter });
  }

  @WsCommand('milestone.change')
  changeMilestone(@Actor() actor: ActorView, @MessageBody() dto: ChangeMilestoneDto): Promise<Receipt> {
    return this.tasks.changeMilestone(actor, dto);
  }
}
