import { Type } from 'class-transformer';
import {
  Equals,
  IsArray,
  IsBoolean,
  IsIn,
  IsISO8601,
  IsObject,
  IsOptional,
  Length,
  Matches,
  MaxLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import {
  LIMITS,
  MESSAGE_KINDS,
  TASK_STATUSES,
  type Acceptance,
  type MessageKind,
  type MilestoneStatus,
  type TaskStatus,
} from '#libs/contracts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MILESTONES = ['NOT_STARTED', 'IN_PROGRESS', 'DONE', 'STOPPED'] as const;

/** Whom the file names: a civil servant by NIP, or one of the two elected leaders by role. */
export class PersonInFile {
  @IsIn(['asn', 'leader'])
  type: 'asn' | 'leader';

  @ValidateIf((person: PersonInFile) => person.type === 'asn')
  @Matches(/^[\d ]{18,24}$/)
  nip?: string;

  @ValidateIf((person: PersonInFile) => person.type === 'leader')
  @IsIn(['WALI_KOTA', 'WAKIL_WALI_KOTA'])
  role?: 'WALI_KOTA' | 'WAKIL_WALI_KOTA';
}

export class SupportingOpdInFile {
  @Length(1, 40)
  opd_code: string;

  @Length(1, 500)
  role: string;

  @IsIn(['NOT_REQUESTED', 'PENDING', 'ACCEPTED', 'DECLINED'])
  acceptance: Acceptance;

  @IsOptional()
  @IsISO8601()
  accepted_at: string | null;

  @IsOptional()
  @MaxLength(LIMITS.note)
  reason?: string | null;
}

export class StatusChangeInFile {
  @IsOptional()
  @IsIn(TASK_STATUSES)
  from: TaskStatus | null;

  @IsIn(TASK_STATUSES)
  to: TaskStatus;

  @IsISO8601()
  at: string;

  @ValidateNested()
  @Type(() => PersonInFile)
  by: PersonInFile;

  @Length(1, LIMITS.note)
  note: string;
}

export class MilestoneInFile {
  @Length(1, 100)
  id: string;

  @Length(1, 500)
  title: string;

  @Length(1, 40)
  opd_code: string;

  @IsOptional()
  @Matches(DAY)
  due_date: string | null;

  @IsIn(MILESTONES)
  status: Extract<MilestoneStatus, (typeof MILESTONES)[number]>;

  @IsOptional()
  @Matches(DAY)
  completed_on: string | null;

  @IsOptional()
  @MaxLength(LIMITS.note)
  note: string | null;

  /** Citizens may see its title and its dates. Left out: they may not. */
  @IsOptional()
  @IsBoolean()
  public?: boolean | null;
}

export class DecisionInFile {
  @Length(1, 100)
  id: string;

  @Length(1, 500)
  title: string;

  @Length(1, LIMITS.note)
  question: string;

  @IsArray()
  @MaxLength(500, { each: true })
  options: string[];

  @ValidateNested()
  @Type(() => PersonInFile)
  decided_by: PersonInFile;

  @ValidateNested()
  @Type(() => PersonInFile)
  requested_by: PersonInFile;

  @IsISO8601()
  requested_at: string;

  @IsOptional()
  @Matches(DAY)
  due_date: string | null;

  @IsIn(['PENDING', 'APPROVED', 'REJECTED', 'WITHDRAWN'])
  status: 'PENDING' | 'APPROVED' | 'REJECTED' | 'WITHDRAWN';

  @IsOptional()
  @MaxLength(LIMITS.note)
  decision: string | null;

  @IsOptional()
  @IsISO8601()
  decided_at: string | null;

  @IsOptional()
  @MaxLength(LIMITS.note)
  basis: string | null;
}

export class MessageInFile {
  @Length(1, 100)
  id: string;

  @IsISO8601()
  at: string;

  @ValidateNested()
  @Type(() => PersonInFile)
  author: PersonInFile;

  @IsIn(MESSAGE_KINDS)
  kind: MessageKind;

  @Length(1, LIMITS.messageBody)
  body: string;

  @IsOptional()
  @Length(1, 100)
  reply_to: string | null;

  @IsArray()
  @MaxLength(200, { each: true })
  attachments: string[];
}

export class ThreadInFile {
  @Length(1, 100)
  id: string;

  @Length(1, LIMITS.threadTitle)
  topic: string;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => MessageInFile)
  messages: MessageInFile[];
}

export class PublicUpdateInFile {
  @IsISO8601()
  at: string;

  @Length(1, LIMITS.publicUpdateBody)
  body: string;
}

export class PublicInFile {
  @IsBoolean()
  published: boolean;

  @IsOptional()
  @Matches(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  slug: string | null;

  @IsOptional()
  @MaxLength(LIMITS.note)
  summary: string | null;

  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => PublicUpdateInFile)
  updates?: PublicUpdateInFile[] | null;
}

export class AnswerInFile {
  @Length(1, LIMITS.note)
  body: string;

  @Length(1, 40)
  opd_code: string;

  @IsISO8601()
  at: string;
}

/** Only what was published of a question is read; the submitted text never is. */
export class QuestionInFile {
  @Length(1, 100)
  id: string;

  @IsISO8601()
  asked_at: string;

  @IsOptional()
  @MaxLength(100)
  kelurahan: string | null;

  @Length(1, 20)
  moderation_status: string;

  @IsOptional()
  @MaxLength(LIMITS.note)
  published_text: string | null;

  @IsOptional()
  @ValidateNested()
  @Type(() => AnswerInFile)
  answer: AnswerInFile | null;
}

export class LetterInFile {
  @Length(1, 100)
  kind: string;

  @Length(1, 100)
  number: string;

  @Matches(DAY)
  date: string;
}

/** One task as the file gives it. Fields that belong to later features (meetings, feedback, risks) are left alone. */
export class TaskInFile {
  @Length(1, 100)
  id: string;

  @Length(1, 40)
  code: string;

  @Length(1, 300)
  title: string;

  @Length(1, 4_000)
  description: string;

  @Length(1, 100)
  category: string;

  @IsOptional()
  @MaxLength(100)
  priority_program: string | null;

  @IsIn(['HIGH', 'MEDIUM', 'LOW'])
  priority: 'HIGH' | 'MEDIUM' | 'LOW';

  @IsIn(['PUBLIC', 'LIMITED', 'PERSONAL_DATA'])
  confidentiality: 'PUBLIC' | 'LIMITED' | 'PERSONAL_DATA';

  @IsArray()
  @MaxLength(200, { each: true })
  locations: string[];

  @Length(1, 40)
  coordinating_opd: string;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => SupportingOpdInFile)
  supporting_opds: SupportingOpdInFile[];

  @IsArray()
  @MaxLength(200, { each: true })
  external_partners: string[];

  @ValidateNested()
  @Type(() => PersonInFile)
  steering: PersonInFile;

  @ValidateNested()
  @Type(() => PersonInFile)
  team_lead: PersonInFile;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => PersonInFile)
  members: PersonInFile[];

  @IsOptional()
  @ValidateNested()
  @Type(() => LetterInFile)
  assignment_letter: LetterInFile | null;

  @IsOptional()
  @Matches(DAY)
  start_date: string | null;

  @IsOptional()
  @Matches(DAY)
  due_date: string | null;

  @IsIn(TASK_STATUSES)
  status: TaskStatus;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => StatusChangeInFile)
  status_history: StatusChangeInFile[];

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => MilestoneInFile)
  milestones: MilestoneInFile[];

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => DecisionInFile)
  decisions: DecisionInFile[];

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => ThreadInFile)
  threads: ThreadInFile[];

  @IsOptional()
  @ValidateNested()
  @Type(() => PublicInFile)
  public?: PublicInFile | null;

  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => QuestionInFile)
  citizen_questions?: QuestionInFile[] | null;
}

export class TaskFileMeta {
  @IsISO8601()
  reference_time: string;

  @IsOptional()
  @Equals('Asia/Jakarta')
  timezone?: string;
}

/** The file's frame: its tasks are checked one by one, so that a wrong one does not keep out the others. */
export class TaskFile {
  @IsObject()
  @ValidateNested()
  @Type(() => TaskFileMeta)
  meta: TaskFileMeta;

  @IsArray()
  @IsObject({ each: true })
  tasks: object[];
}
