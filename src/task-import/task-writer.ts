import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AppError, dayOf, isAppError, STATUS_RULES, type ActorView, type Instant } from '#libs/contracts';
import { uuidOf, type Receipt } from '#libs/database';
import { DiscussionImport } from '../discussion/discussion-import.service.js';
import { OrganizationService } from '../organization/organization.service.js';
import { PublicService } from '../public/public.service.js';
import { DecisionsService } from '../tasks/decisions.service.js';
import { TaskSetupService } from '../tasks/task-setup.service.js';
import { TasksService } from '../tasks/tasks.service.js';
import { WorkTeamService } from '../tasks/work-team.service.js';
import type { People } from './people.js';
import type { MilestoneInFile, PersonInFile, TaskInFile } from './task-file.js';
import type { Step } from './task-script.js';

/** A rule of Simpul refused a step; those before it are written. */
export class StepError extends Error {
  constructor(
    readonly step: string,
    readonly code: string,
  ) {
    super(`${step}: ${code}`);
  }
}

/** Replays a task's life through the services. Every id is made from the file's, so nothing is written twice. */
@Injectable()
export class TaskWriter {
  constructor(
    private readonly source: DataSource,
    private readonly organization: OrganizationService,
    private readonly setup: TaskSetupService,
    private readonly tasks: TasksService,
    private readonly team: WorkTeamService,
    private readonly decisions: DecisionsService,
    private readonly discussion: DiscussionImport,
    private readonly publishing: PublicService,
  ) {}

  async isKnown(task: TaskInFile): Promise<boolean> {
    const rows = await this.source.query<unknown[]>('SELECT 1 FROM tasks WHERE id = $1', [uuidOf(task.id)]);
    return rows.length > 0;
  }

  /** @returns how many steps were new. @throws StepError */
  async write(task: TaskInFile, steps: readonly Step[], people: People): Promise<number> {
    const opds = new Map((await this.organization.opds()).map((opd) => [opd.code, opd.id]));
    const opdId = (code: string) => {
      const id = opds.get(code);
      if (id === undefined) throw new AppError('not-found', {});
      return id;
    };
    let written = 0;
    for (const step of steps) {
      try {
        for (const receipt of await this.carryOut(task, step, people, opdId)) if (!receipt.dup) written++;
      } catch (error) {
        if (isAppError(error)) throw new StepError(step.id, error.code);
        throw error;
      }
    }
    await this.publish(task, people);
    return written;
  }

  private async carryOut(
    task: TaskInFile,
    step: Step,
    people: People,
    opdId: (code: string) => string,
  ): Promise<Receipt[]> {
    const taskId = uuidOf(task.id);
    const wish = { commandId: uuidOf(step.id), taskId };
    switch (step.kind) {
      case 'create':
        return this.create(task, step, people, opdId);
      case 'milestone': {
        const { milestone } = step;
        const lead = await people.get(task.team_lead);
        const done = milestone.status === 'DONE' && milestone.completed_on !== null;
        return [
          await this.setup.addMilestone(
            lead,
            {
              ...wish,
              milestoneId: uuidOf(milestone.id),
              title: milestone.title,
              opdId: opdId(milestone.opd_code),
              dueDate: milestone.due_date,
              // When it became what it is now is known only of what is done.
              status: done ? 'NOT_STARTED' : milestone.status,
              note: done ? null : milestone.note,
              public: milestone.public ?? false,
            },
            step.at,
          ),
        ];
      }
      case 'milestone-done':
        return [await this.finish(task, step.milestone, step.id, step.at, people)];
      case 'member':
        return [await this.join(task, step.person, 'ANGGOTA', step.id, step.at, people)];
      case 'status': {
        const { to, note, by } = step.change;
        const change = { commandId: wish.commandId, workspaceId: taskId, to, note };
        return [await this.tasks.changeStatus(await people.get(by), change, step.at)];
      }
      case 'acceptance': {
        const { opd } = step;
        const answer = {
          ...wish,
          opdId: opdId(opd.opd_code),
          acceptance: opd.acceptance,
          reason: opd.reason ?? null,
        };
        return [
          await this.setup.answerOpd(
            await this.headOf(opdId(opd.opd_code), step.at, task, people),
            answer,
            step.at,
          ),
        ];
      }
      case 'publish':
        return [
          await this.setup.updateTask(
            await people.get(task.team_lead),
            { ...wish, published: true },
            step.at,
          ),
        ];
      case 'thread': {
        const { thread, first } = step;
        const past = { ...wish, threadId: uuidOf(thread.id), title: thread.topic };
        return [await this.discussion.openThread(await people.get(first.author), past, step.at)];
      }
      case 'message': {
        const { thread, message } = step;
        const author = await people.get(message.author);
        const past = {
          ...wish,
          threadId: uuidOf(thread.id),
          messageId: uuidOf(message.id),
          kind: message.kind,
          body: message.body,
          opdId: await this.unitOf(author),
          replyTo: message.reply_to ? uuidOf(message.reply_to) : null,
          attachments: message.attachments,
        };
        return [await this.discussion.post(author, past, step.at)];
      }
      case 'decision-requested': {
        const { decision } = step;
        const decider = await people.get(decision.decided_by);
        const request = {
          ...wish,
          decisionId: uuidOf(decision.id),
          title: decision.title,
          question: decision.question,
          options: decision.options,
          deciderId: decider.id,
          dueDate: decision.due_date,
        };
        return [
          await this.decisions.requestDecision(await people.get(decision.requested_by), request, step.at),
        ];
      }
      case 'decision-made': {
        const { decision } = step;
        if (decision.status === 'PENDING') return [];
        const answer = {
          ...wish,
          decisionId: uuidOf(decision.id),
          status: decision.status,
          decision: decision.decision,
          basis: decision.basis,
        };
        return [await this.decisions.decide(await people.get(decision.decided_by), answer, step.at)];
      }
    }
  }

  private async create(
    task: TaskInFile,
    step: Extract<Step, { kind: 'create' }>,
    people: People,
    opdId: (code: string) => string,
  ): Promise<Receipt[]> {
    const author = await people.get(step.by);
    const created = await this.setup.createTask(
      author,
      {
        commandId: uuidOf(step.id),
        taskId: uuidOf(task.id),
        code: task.code,
        title: task.title,
        description: task.description,
        category: task.category,
        priority: task.priority,
        priorityProgram: task.priority_program,
        confidentiality: task.confidentiality,
        coordinatingOpdId: opdId(task.coordinating_opd),
        coordinatingRole: 'Koordinator',
        supportingOpds: task.supporting_opds.map((opd) => ({ opdId: opdId(opd.opd_code), role: opd.role })),
        steeringId: (await people.get(task.steering)).id,
        locations: task.locations,
        externalPartners: task.external_partners,
        assignmentLetter: task.assignment_letter,
        startDate: task.start_date,
        dueDate: task.due_date,
        note: task.status_history[0]?.note ?? '',
      },
      step.at,
    );
    const lead = await this.join(task, task.team_lead, 'KETUA_TIM', `${task.id} lead`, step.at, people);
    return [created, lead];
  }

  private async join(
    task: TaskInFile,
    person: PersonInFile,
    teamRole: 'KETUA_TIM' | 'ANGGOTA',
    id: string,
    at: Instant,
    people: People,
  ): Promise<Receipt> {
    const member = await people.get(person);
    const lead = await people.get(task.team_lead);
    const opdId = await this.unitOf(member);
    if (opdId === null) throw new AppError('not-found', {});
    const wish = { commandId: uuidOf(id), taskId: uuidOf(task.id), personId: member.id, opdId, teamRole };
    return this.team.addMember(lead, { ...wish, mode: 'APPOINTED' }, at);
  }

  private async finish(
    task: TaskInFile,
    milestone: MilestoneInFile,
    id: string,
    at: Instant,
    people: People,
  ): Promise<Receipt> {
    const wish = {
      commandId: uuidOf(id),
      workspaceId: uuidOf(task.id),
      milestoneId: uuidOf(milestone.id),
      status: 'DONE' as const,
      ...(milestone.note ? { note: milestone.note } : {}),
    };
    return this.tasks.changeMilestone(await people.get(task.team_lead), wish, at);
  }

  /** Who answers for a unit; the file does not say who did, so the team lead stands in for a unit without a head. */
  private async headOf(opdId: string, at: Instant, task: TaskInFile, people: People): Promise<ActorView> {
    const [head] = await this.organization.holdersOf('KEPALA_OPD', opdId, dayOf(at));
    return head ? this.organization.personView(head) : people.get(task.team_lead);
  }

  private async unitOf(person: ActorView): Promise<string | null> {
    const [row] = await this.source.query<{ opd_id: string | null }[]>(
      'SELECT opd_id FROM persons WHERE id = $1',
      [person.id],
    );
    return row?.opd_id ?? null;
  }

  private async publish(task: TaskInFile, people: People): Promise<void> {
    const page = task.public;
    if (!page?.published || STATUS_RULES[task.status].publicLabel === null) return;
    const abbreviations = new Map(
      (await this.organization.opds()).map((opd) => [opd.code, opd.abbreviation]),
    );
    await this.publishing.publishPage(await people.get(task.team_lead), {
      taskId: uuidOf(task.id),
      ...(page.slug ? { slug: page.slug } : {}),
      summary: page.summary ?? '',
      updates: (page.updates ?? []).map(({ at, body }, i) => ({
        id: uuidOf(`${task.id} public ${i + 1}`),
        at: new Date(at).toISOString(),
        body,
      })),
      questions: (task.citizen_questions ?? [])
        .filter((q) => ['APPROVED', 'REDACTED'].includes(q.moderation_status) && q.published_text)
        .map((q) => ({
          id: uuidOf(q.id),
          askedAt: new Date(q.asked_at).toISOString(),
          kelurahan: q.kelurahan ?? '',
          text: q.published_text ?? '',
          answer: q.answer
            ? {
                body: q.answer.body,
                opd: abbreviations.get(q.answer.opd_code) ?? q.answer.opd_code,
                at: new Date(q.answer.at).toISOString(),
              }
            : null,
        })),
    });
  }
}
