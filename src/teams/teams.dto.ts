import { IsIn } from 'class-validator';
import {
  LIMITS,
  type AnswerOpd,
  type AppointMember,
  type AskOpd,
  type MemberView,
  type RemoveMember,
  type TeamRole,
} from '#libs/contracts';
import { Day, Text, Uuid } from '../http/text.decorators.js';

class Wish {
  @Uuid()
  workspaceId: string;

  @Uuid()
  commandId: string;
}

export class AskOpdDto extends Wish implements AskOpd {
  @Uuid()
  opdId: string;

  @Text({ max: LIMITS.opdRole, optional: true })
  role?: string;
}

export class AnswerOpdDto extends Wish implements AnswerOpd {
  @Uuid()
  opdId: string;

  @IsIn(['ACCEPTED', 'DECLINED'] satisfies AnswerOpd['answer'][])
  answer: AnswerOpd['answer'];

  @Text({ max: LIMITS.note, optional: true })
  reason?: string;
}

export class AppointMemberDto extends Wish implements AppointMember {
  @Uuid()
  personId: string;

  @Uuid()
  opdId: string;

  @IsIn(['KETUA_TIM', 'ANGGOTA'] satisfies TeamRole[])
  teamRole: TeamRole;

  @IsIn(['APPOINTED', 'VOLUNTEERED'] satisfies MemberView['mode'][])
  mode: MemberView['mode'];

  @Day()
  until: string;
}

export class RemoveMemberDto extends Wish implements RemoveMember {
  @Uuid()
  personId: string;

  @Text({ max: LIMITS.note })
  reason: string;
}
