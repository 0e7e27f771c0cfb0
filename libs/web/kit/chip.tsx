import {
  Archive,
  Ban,
  Circle,
  CircleCheck,
  CircleDashed,
  CircleDot,
  CircleDotDashed,
  CirclePause,
  Hourglass,
  type LucideIcon,
  OctagonX,
  SearchCheck,
  TriangleAlert,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { Health, TaskStatus } from '#libs/contracts';
import { HEALTH_TONES, STATUS_TONES, type Tone } from '#libs/content';
import { useWords } from '../app/words.js';
import { classes } from './button.js';
import styles from './chip.module.css';

const STATUS_ICONS: Record<TaskStatus, LucideIcon> = {
  DRAFT: CircleDashed,
  PROPOSED: CircleDotDashed,
  ASSIGNED: Circle,
  IN_PROGRESS: CircleDot,
  BLOCKED: OctagonX,
  AWAITING_DECISION: Hourglass,
  ON_HOLD: CirclePause,
  IN_VERIFICATION: SearchCheck,
  COMPLETED: CircleCheck,
  CANCELLED: Ban,
  ARCHIVED: Archive,
};

const HEALTH_ICONS: Record<Health, LucideIcon> = {
  RED: OctagonX,
  YELLOW: TriangleAlert,
  GREEN: CircleCheck,
  GREY: CirclePause,
};

/** A word in its colour, always with an icon: colour never speaks alone. */
export function Chip({
  tone,
  icon: Icon,
  tint,
  children,
}: {
  tone: Tone;
  icon?: LucideIcon;
  tint?: boolean;
  children: ReactNode;
}) {
  return (
    <span className={classes(styles.chip, styles[tone], tint && styles.tint)}>
      {Icon && <Icon size={16} aria-hidden="true" strokeWidth={2.25} />}
      <span>{children}</span>
    </span>
  );
}

/** A task's status. `tint` marks for two seconds that it has just changed. */
export function StatusChip({ status, tint }: { status: TaskStatus; tint?: boolean }) {
  const words = useWords();
  return (
    <Chip tone={STATUS_TONES[status]} icon={STATUS_ICONS[status]} tint={tint}>
      {words.status[status]}
    </Chip>
  );
}

/** A task's health, as the rule sees it. */
export function HealthChip({ health, tint }: { health: Health; tint?: boolean }) {
  const words = useWords();
  return (
    <Chip tone={HEALTH_TONES[health]} icon={HEALTH_ICONS[health]} tint={tint}>
      {words.health[health]}
    </Chip>
  );
}
