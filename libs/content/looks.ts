import type { Health, TaskStatus } from '#libs/contracts';

/** How a status or a health is dressed; each tone has a text and a soft background token. */
export type Tone = 'neutral' | 'running' | 'decision' | 'attention' | 'trouble' | 'good' | 'quiet';

export const STATUS_TONES: Record<TaskStatus, Tone> = {
  DRAFT: 'neutral',
  PROPOSED: 'neutral',
  ASSIGNED: 'neutral',
  IN_PROGRESS: 'running',
  BLOCKED: 'trouble',
  AWAITING_DECISION: 'decision',
  ON_HOLD: 'quiet',
  IN_VERIFICATION: 'running',
  COMPLETED: 'good',
  CANCELLED: 'quiet',
  ARCHIVED: 'quiet',
};

export const HEALTH_TONES: Record<Health, Tone> = {
  RED: 'trouble',
  YELLOW: 'attention',
  GREEN: 'good',
  GREY: 'quiet',
};
