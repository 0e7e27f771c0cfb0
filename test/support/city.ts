import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { DataSource } from 'typeorm';
import {
  dayOf,
  STATUS_RULES,
  type ActorView,
  type Instant,
  type MessageView,
  type PostMessage,
  type TaskStatus,
} from '#libs/contracts';
import {
  dataSourceOptions,
  DECISION_CLOCK,
  DECISION_EFFECT,
  TimerWorker,
  WorkspaceLog,
  type Receipt,
  type TimerKind,
} from '#libs/database';
import { AccessService } from '../../src/access/access.service.js';
import { Today } from '../../src/access/today.service.js';
import { DiscussionImport } from '../../src/discussion/discussion-import.service.js';
import { DiscussionService } from '../../src/discussion/discussion.service.js';
import { DISCUSSION_ENTITIES } from '../../src/discussion/entities.js';
import { Mentions } from '../../src/discussion/mentions.service.js';
import { MessageChanges } from '../../src/discussion/message-changes.service.js';
import { TalkService } from '../../src/discussion/talk.service.js';
import { Threads } from '../../src/discussion/threads.service.js';
import { DecidingService } from '../../src/decisions/deciding.service.js';
import { DecisionClocks } from '../../src/decisions/decision-clocks.service.js';
import { EscalationService } from '../../src/escalation/escalation.service.js';
import { WorkingTimeService } from '../../src/working-time/working-time.service.js';
import { DecisionEffects } from '../../src/decisions/decision-effects.service.js';
import { DecidingPosts } from '../../src/decisions/posts.service.js';
import { DraftsService } from '../../src/drafts/drafts.service.js';
import { Environment } from '../../src/config/environment.js';
import { DiskStore } from '../../src/files/disk.store.js';
import { FileReleases } from '../../src/files/file-releases.service.js';
import { FilesReader } from '../../src/files/files-reader.service.js';
import { FilesService } from '../../src/files/files.service.js';
import { LinkSeal } from '../../src/files/link-seal.js';
import { UploadsService } from '../../src/files/uploads.service.js';
import { HandoversReader } from '../../src/handovers/handovers-reader.service.js';
import { HandoversService } from '../../src/handovers/handovers.service.js';
import { ORGANIZATION_ENTITIES } from '../../src/organization/entities.js';
import { OrganizationChanges } from '../../src/organization/organization-changes.js';
import { OrganizationService } from '../../src/organization/organization.service.js';
import { DecisionsService } from '../../src/tasks/decisions.service.js';
import { TASK_ENTITIES } from '../../src/tasks/entities.js';
import { PublicUpdates } from '../../src/public/public-updates.service.js';
import { HandoverRecords } from '../../src/tasks/handover-records.service.js';
import { MilestonePlanService } from '../../src/tasks/milestone-plan.service.js';
import { SummaryService } from '../../src/tasks/summary.service.js';
import { TaskSetupService } from '../../src/tasks/task-setup.service.js';
import type { NewTask } from '../../src/tasks/task-setup.js';
import { TasksService } from '../../src/tasks/tasks.service.js';
import { TeamsService } from '../../src/teams/teams.service.js';
import { WorkTeamService } from '../../src/tasks/work-team.service.js';
import { WorkspaceReader } from '../../src/tasks/workspace-reader.service.js';
import { freshDatabase } from './postgres.js';

/** The services of one instance on a database; several may share one. */
export class Instance {
  private constructor(
    readonly source: DataSource,
    readonly log: WorkspaceLog,
    readonly organization: OrganizationService,
    readonly changes: OrganizationChanges,
    readonly access: AccessService,
    readonly tasks: TasksService,
    readonly setup: TaskSetupService,
    readonly team: WorkTeamService,
    readonly decisions: DecisionsService,
    readonly discussion: DiscussionService,
    readonly messages: MessageChanges,
    readonly threads: Threads,
    readonly past: DiscussionImport,
    readonly reader: WorkspaceReader,
    readonly uploads: UploadsService,
    readonly files: FilesService,
    readonly drafts: DraftsService,
    readonly teams: TeamsService,
    readonly plan: MilestonePlanService,
    readonly posts: DecidingPosts,
    readonly deciding: DecidingService,
    readonly handovers: HandoversService,
    readonly handoverPages: HandoversReader,
    private readonly timerKinds: ReadonlyMap<string, TimerKind>,
    readonly summaries: SummaryService,
  ) {}

  static async open(url: string, poolSize = 8): Promise<Instance> {
    const source = await new DataSource({
      ...dataSourceOptions(url, poolSize),
      entities: [...ORGANIZATION_ENTITIES, ...TASK_ENTITIES, ...DISCUSSION_ENTITIES],
    }).initialize();
    const log = new WorkspaceLog(source);
    const organization = new OrganizationService(source);
    const today = new Today();
    const access = new AccessService(source, organization, log, today);
    const mentions = new Mentions(source, organization, today);
    const updates = new PublicUpdates(organization);
    const times = new WorkingTimeService(source, organization);
    const setup = new TaskSetupService(log, organization);
    const decisions = new DecisionsService(log, organization, times);
    const summaries = new SummaryService(source, log, access, organization);
    const posts = new DecidingPosts(access, organization, today);
    const escalation = new EscalationService(source, organization, times);
    const clocks = new DecisionClocks(log, decisions, escalation, times, posts);
    const effects = new DecisionEffects(log, organization, decisions);
    const handovers = new HandoverRecords(organization);
    const team = new WorkTeamService(log, organization, setup);
    const environment = Environment.read({ DATABASE_URL: url }).withFilesDir(
      await mkdtemp(`${tmpdir()}/simpul-files-`),
    );
    const store = new DiskStore(environment.filesDir);
    const releases = new FileReleases(source, log, access, organization, store, null);
    return new Instance(
      source,
      log,
      organization,
      new OrganizationChanges(source, organization),
      access,
      new TasksService(log, access, organization, updates, setup),
      setup,
      team,
      decisions,
      new DiscussionService(source, log, access, organization, mentions),
      new MessageChanges(source, log, access, organization, mentions),
      new Threads(log, access),
      new DiscussionImport(log, organization),
      new WorkspaceReader(
        source,
        access,
        organization,
        new TalkService(organization),
        updates,
        new FilesReader(organization),
        summaries,
      ),
      new UploadsService(source, access, environment, releases, store),
      new FilesService(source, log, access, environment, new LinkSeal(source), releases, store),
      new DraftsService(log, organization, setup, team),
      new TeamsService(log, access, organization, setup, team),
      new MilestonePlanService(log, access, organization, setup),
      posts,
      new DecidingService(log, access, organization, decisions, posts, effects, clocks),
      new HandoversService(log, access, organization, times, handovers),
      new HandoversReader(source, access, organization, times, handovers),
      new Map<string, TimerKind>([
        [DECISION_EFFECT, effects],
        [DECISION_CLOCK, clocks],
      ]),
      summaries,
    );
  }

  /** Lets happen what is due: by the database's clock, or at a moment that a test says. */
  async fireTimers(at?: Instant): Promise<void> {
    const clock = at === undefined ? undefined : () => new Date(at);
    await new TimerWorker(this.source, this.timerKinds, () => undefined, clock).drain();
  }

  async close(): Promise<void> {
    await this.access.onModuleDestroy();
    await this.source.destroy();
  }
}

const UNITS = [
  ['PEMKOT', 'Pemkot Jambi', 'pemerintah_kota', null],
  ['SETDA', 'Setda', 'sekretariat_daerah', 'PEMKOT'],
  ['ASISTEN-1', 'Asisten I', 'asisten', 'SETDA'],
  ['ASISTEN-2', 'Asisten II', 'asisten', 'SETDA'],
  ['PUPR', 'Dinas PUPR', 'dinas', 'PEMKOT'],
  ['DLH', 'DLH', 'dinas', 'PEMKOT'],
  ['DINKES', 'Dinkes', 'dinas', 'PEMKOT'],
] as const;
type UnitCode = (typeof UNITS)[number][0];

const PEOPLE = {
  waliKota: ['PEMKOT', 'Wali Kota', 'kepala_daerah'],
  sekda: ['SETDA', 'Sekretaris Daerah', 'jpt_pratama'],
  asisten: ['ASISTEN-2', 'Asisten Perekonomian dan Pembangunan', 'jpt_pratama'],
  otherAsisten: ['ASISTEN-1', 'Asisten Pemerintahan dan Kesejahteraan Rakyat', 'jpt_pratama'],
  head: ['PUPR', 'Kepala Dinas Pekerjaan Umum dan Penataan Ruang', 'jpt_pratama'],
  supportingHead: ['DLH', 'Kepala Dinas Lingkungan Hidup', 'jpt_pratama'],
  lead: ['PUPR', 'Kepala Bidang Sumber Daya Air', 'administrator'],
  author: ['PUPR', 'Teknik Pengairan Ahli Muda', 'fungsional'],
  member: ['DLH', 'Pengawas Lingkungan Hidup Ahli Muda', 'fungsional'],
  colleague: ['DLH', 'Pengendali Dampak Lingkungan Ahli Muda', 'fungsional'],
  outsider: ['DINKES', 'Epidemiolog Kesehatan Ahli Muda', 'fungsional'],
} as const satisfies Record<string, readonly [UnitCode, string, string]>;
export type PersonName = keyof typeof PEOPLE;

/** A small city on its own database: seven units, eleven people, and tasks as a test needs them. */
export class City {
  readonly opds = {} as Record<UnitCode, string>;
  readonly people = {} as Record<PersonName, ActorView>;
  private readonly instances: Instance[] = [];

  private constructor(
    readonly url: string,
    readonly here: Instance,
  ) {
    this.instances.push(here);
  }

  /** @param url a migrated, empty database; by default one of the test run's PostgreSQL */
  static async build(url?: string): Promise<City> {
    url ??= await freshDatabase();
    const city = new City(url, await Instance.open(url));
    await city.settle();
    return city;
  }

  /** Another instance on the same database. */
  async anotherInstance(poolSize?: number): Promise<Instance> {
    const instance = await Instance.open(this.url, poolSize);
    this.instances.push(instance);
    return instance;
  }

  async close(): Promise<void> {
    await Promise.all(this.instances.map((instance) => instance.close()));
  }

  /** PUPR coordinates, DLH supports; `lead` and `member` are in the team. As it stands in that status. */
  async aTask(
    status: TaskStatus = 'IN_PROGRESS',
    about: Partial<NewTask> & { published?: boolean } = {},
  ): Promise<string> {
    const { published = false, ...given } = about;
    const taskId = given.taskId ?? randomUUID();
    const { here, opds, people } = this;
    await here.setup.createTask(people.author, {
      commandId: randomUUID(),
      taskId,
      code: `TGS-${taskId.slice(0, 8)}`,
      title: 'Normalisasi drainase',
      description: 'Sedimen 12 saluran diangkat sebelum puncak musim hujan.',
      category: 'Infrastruktur',
      priority: 'HIGH',
      priorityProgram: 'Kota Tangguh',
      confidentiality: 'LIMITED',
      coordinatingOpdId: opds.PUPR,
      coordinatingRole: 'Koordinator',
      supportingOpds: [{ opdId: opds.DLH, role: 'Pengangkutan sedimen' }],
      steeringId: people.asisten.id,
      locations: ['Kel. Simpang Rimbo'],
      externalPartners: ['BWSS VI'],
      assignmentLetter: null,
      startDate: null,
      dueDate: '2026-12-18',
      note: 'Konsep tugas dibuat',
      ...given,
    });
    const join = (personId: string, opdId: string, teamRole: 'KETUA_TIM' | 'ANGGOTA') =>
      here.team.addMember(people.head, {
        commandId: randomUUID(),
        taskId,
        personId,
        opdId,
        teamRole,
        mode: 'APPOINTED',
      });
    await join(people.lead.id, opds.PUPR, 'KETUA_TIM');
    await join(people.member.id, opds.DLH, 'ANGGOTA');
    await this.moveTo(taskId, status);
    if (published) {
      await here.setup.updateTask(people.head, { commandId: randomUUID(), taskId, published });
    }
    return taskId;
  }

  /** One more person of a unit. */
  async aPerson(name: string, unit: UnitCode = 'DLH'): Promise<ActorView> {
    const id = randomUUID();
    await this.here.source.query(
      'INSERT INTO persons (id, name, back_titles, opd_id) VALUES ($1, $2, $3, $4)',
      [id, name, 'S.T.', this.opds[unit]],
    );
    await this.here.source.query(
      `INSERT INTO position_assignments (id, person_id, opd_id, title, position_kind, mode, valid_from)
       VALUES ($1, $2, $3, 'Analis Kebijakan Ahli Muda', 'fungsional', 'DEFINITIVE', '2020-01-01')`,
      [randomUUID(), id, this.opds[unit]],
    );
    return this.here.organization.personView(id);
  }

  async aMilestone(taskId: string, unit: UnitCode = 'PUPR'): Promise<string> {
    const milestoneId = randomUUID();
    await this.here.setup.addMilestone(this.people.lead, {
      commandId: randomUUID(),
      taskId,
      milestoneId,
      title: 'Peta titik genangan',
      opdId: this.opds[unit],
      dueDate: '2026-11-27',
    });
    return milestoneId;
  }

  async aThread(taskId: string): Promise<string> {
    const threadId = randomUUID();
    await this.here.threads.open(this.people.lead, {
      workspaceId: taskId,
      commandId: randomUUID(),
      threadId,
      title: 'Rencana kerja',
    });
    return threadId;
  }

  post(
    by: PersonName,
    taskId: string,
    threadId: string,
    body: string,
    about: Partial<PostMessage> = {},
  ): Promise<Receipt> {
    return this.here.discussion.post(this.people[by], {
      workspaceId: taskId,
      commandId: randomUUID(),
      threadId,
      body,
      ...about,
    });
  }

  /** A file of a workspace, all the way. @returns its id */
  async aFile(
    by: PersonName,
    taskId: string,
    {
      name = 'notulen.txt',
      bytes = Buffer.from('Notulen rapat'),
      replaces = undefined as string | undefined,
    } = {},
  ): Promise<string> {
    const { uploads } = this.here;
    const id = randomUUID();
    const person = this.people[by];
    await uploads.begin(person, taskId, { id, name, size: bytes.length, ...(replaces && { replaces }) });
    await uploads.receive(person, taskId, id, 0, bytes);
    await uploads.finish(person, taskId, id);
    return id;
  }

  /** All messages of a thread as they are stored. */
  async messages(taskId: string, threadId: string): Promise<MessageView[]> {
    const page = await this.here.discussion.page(this.people.lead.id, {
      workspaceId: taskId,
      threadId,
      limit: 200,
    });
    return page.messages;
  }

  async moveTo(taskId: string, status: TaskStatus): Promise<void> {
    for (const to of PATHS[status]) {
      const by = WHO[to];
      if (to === 'IN_PROGRESS') await this.accept(taskId);
      await this.here.tasks.changeStatus(this.people[by], {
        workspaceId: taskId,
        commandId: randomUUID(),
        to,
        note: STATUS_RULES[to].label,
      });
    }
  }

  async accept(taskId: string): Promise<void> {
    await this.here.setup.answerOpd(this.people.supportingHead, {
      commandId: randomUUID(),
      taskId,
      opdId: this.opds.DLH,
      acceptance: 'ACCEPTED',
    });
  }

  private async settle(): Promise<void> {
    const { source } = this.here;
    for (const [code, abbreviation, kind, parent] of UNITS) {
      this.opds[code] = randomUUID();
      await source.query(
        `INSERT INTO opds (id, code, name, abbreviation, kind, parent_id, valid_from) VALUES ($1, $2, $3, $3, $4, $5, '2020-01-01')`,
        [this.opds[code], code, abbreviation, kind, parent && this.opds[parent]],
      );
    }
    for (const [name, [unit, title, kind]] of Object.entries(PEOPLE) as [
      PersonName,
      readonly [UnitCode, string, string],
    ][]) {
      const id = randomUUID();
      await source.query('INSERT INTO persons (id, name, back_titles, opd_id) VALUES ($1, $2, $3, $4)', [
        id,
        name,
        'S.T.',
        this.opds[unit],
      ]);
      await source.query(
        `INSERT INTO position_assignments (id, person_id, opd_id, title, position_kind, mode, valid_from)
         VALUES ($1, $2, $3, $4, $5, 'DEFINITIVE', '2020-01-01')`,
        [randomUUID(), id, this.opds[unit], title, kind],
      );
      this.people[name] = await this.here.organization.personView(id);
    }
  }
}

export const today = (): string => dayOf(new Date());

/** How a test's task gets into a status, and who takes each step. */
const TO_WORK: TaskStatus[] = ['PROPOSED', 'ASSIGNED', 'IN_PROGRESS'];
const PATHS: Record<TaskStatus, TaskStatus[]> = {
  DRAFT: [],
  PROPOSED: ['PROPOSED'],
  ASSIGNED: ['PROPOSED', 'ASSIGNED'],
  IN_PROGRESS: TO_WORK,
  BLOCKED: [...TO_WORK, 'BLOCKED'],
  AWAITING_DECISION: [...TO_WORK, 'AWAITING_DECISION'],
  ON_HOLD: [...TO_WORK, 'ON_HOLD'],
  IN_VERIFICATION: [...TO_WORK, 'IN_VERIFICATION'],
  COMPLETED: [...TO_WORK, 'IN_VERIFICATION', 'COMPLETED'],
  CANCELLED: [...TO_WORK, 'CANCELLED'],
  ARCHIVED: [...TO_WORK, 'IN_VERIFICATION', 'COMPLETED', 'ARCHIVED'],
};
const WHO: Record<TaskStatus, PersonName> = {
  DRAFT: 'head',
  PROPOSED: 'head',
  ASSIGNED: 'sekda',
  IN_PROGRESS: 'lead',
  BLOCKED: 'lead',
  AWAITING_DECISION: 'lead',
  ON_HOLD: 'lead',
  IN_VERIFICATION: 'lead',
  COMPLETED: 'sekda',
  CANCELLED: 'sekda',
  ARCHIVED: 'lead',
};
