import { MessageBody } from '@nestjs/websockets';
import type { ActorView } from '#libs/contracts';
import type { Receipt } from '#libs/database';
import { Actor, RealtimeGateway, WsCommand } from '../realtime/ws-command.js';
import { MilestonePlanService } from './milestone-plan.service.js';
import { SummaryService } from './summary.service.js';
import {
  ChangeMilestoneDto,
  ChangeTaskStatusDto,
  MilestonePlanDto,
  MoveMilestoneDto,
  WriteSummaryDto,
} from './tasks.dto.js';
import { TasksService } from './tasks.service.js';

@RealtimeGateway()
export class TasksGateway {
  constructor(
    private readonly tasks: TasksService,
    private readonly plan: MilestonePlanService,
    private readonly summary: SummaryService,
  ) {}

  @WsCommand('task.change-status')
  changeStatus(@Actor() actor: ActorView, @MessageBody() dto: ChangeTaskStatusDto): Promise<Receipt> {
    const { workspaceId, commandId, to, note = '', publicSentence, letter } = dto;
    return this.tasks.changeStatus(actor, { workspaceId, commandId, to, note, publicSentence, letter });
  }

  @WsCommand('summary.write')
  writeSummary(@Actor() actor: ActorView, @MessageBody() dto: WriteSummaryDto): Promise<Receipt> {
    return this.summary.write(actor, dto);
  }

  @WsCommand('milestone.add')
  addMilestone(@Actor() actor: ActorView, @MessageBody() dto: MilestonePlanDto): Promise<Receipt> {
    return this.plan.add(actor, dto);
  }

  @WsCommand('milestone.plan')
  planMilestone(@Actor() actor: ActorView, @MessageBody() dto: MilestonePlanDto): Promise<Receipt> {
    return this.plan.plan(actor, dto);
  }

  @WsCommand('milestone.move')
  moveMilestone(@Actor() actor: ActorView, @MessageBody() dto: MoveMilestoneDto): Promise<Receipt> {
    return this.plan.move(actor, dto);
  }

  @WsCommand('milestone.change')
  changeMilestone(@Actor() actor: ActorView, @MessageBody() dto: ChangeMilestoneDto): Promise<Receipt> {
    return this.tasks.changeMilestone(actor, dto);
  }
}
