import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsDefined,
  IsIn,
  IsOptional,
  ValidateNested,
} from 'class-validator';
import {
  DECIDER_ROLES,
  DECISION_OUTCOMES,
  LIMITS,
  type ClarifyDecision,
  type DeciderRole,
  type DecisionOutcome,
  type ExtendDecision,
  type MakeDecision,
  type PostRef,
  type RequestDecision,
  type UndoDecision,
  type WithdrawDecision,
} from '#libs/contracts';
import { Day, Text, Texts, Uuid } from '../http/text.decorators.js';

export class PostRefDto implements PostRef {
  @IsIn(DECIDER_ROLES)
  role: DeciderRole;

  @Uuid({ optional: true })
  opdId: string | null;
}

class DecisionWish {
  @Uuid()
  workspaceId: string;

  @Uuid()
  commandId: string;

  @Uuid()
  decisionId: string;
}

export class RequestDecisionDto extends DecisionWish implements RequestDecision {
  @Text({ max: LIMITS.decisionTitle })
  title: string;

  @Text({ max: LIMITS.decisionText, optional: true })
  question?: string;

  @IsArray()
  @ArrayMaxSize(LIMITS.decisionOptions)
  @ArrayUnique()
  @Texts({ max: LIMITS.decisionOption })
  options: string[];

  @Text({ max: LIMITS.decisionText, optional: true })
  recommendation?: string;

  @Text({ max: LIMITS.decisionText, optional: true })
  consequence?: string;

  @Text({ max: LIMITS.decisionText, optional: true })
  basis?: string;

  @Day({ optional: true })
  dueDate?: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => PostRefDto)
  decider: PostRefDto;

  @Uuid({ optional: true })
  supersedes?: string;
}

export class MakeDecisionDto extends DecisionWish implements MakeDecision {
  @IsIn(DECISION_OUTCOMES)
  outcome: DecisionOutcome;

  @Text({ max: LIMITS.note, optional: true })
  note?: string;

  @Text({ max: LIMITS.decisionOption, optional: true })
  option?: string;

  @IsOptional()
  @ValidateNested()
  @Type(() => PostRefDto)
  forwardTo?: PostRefDto;
}

export class ClarifyDecisionDto extends DecisionWish implements ClarifyDecision {
  @Text({ max: LIMITS.note })
  answer: string;
}

export class ExtendDecisionDto extends DecisionWish implements ExtendDecision {
  @Day()
  dueDate: string;

  @Text({ max: LIMITS.note })
  reason: string;
}

export class WithdrawDecisionDto extends DecisionWish implements WithdrawDecision {}

export class UndoDecisionDto extends DecisionWish implements UndoDecision {}
