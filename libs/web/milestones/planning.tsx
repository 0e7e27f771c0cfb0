import { ArrowDown, ArrowUp, CalendarCog, Plus } from 'lucide-react';
import { useCallback, useState } from 'react';
import type { MilestoneView, TaskOpdView } from '#libs/contracts';
import type { PendingCommand } from '#libs/client';
import { useWords } from '../app/words.js';
import { Button } from '../kit/index.js';
import { PendingState } from '../room/pending-state.js';
import { useRoomTools } from '../room/room-tools.js';
import { PlanDialog } from './plan-dialog.js';
import styles from '../room/panels.module.css';

interface PlanProps {
  milestones: readonly MilestoneView[];
  opds: readonly TaskOpdView[];
}

/** What the lead does with one milestone's plan: another place in the order, another name, unit or day. */
export function Planning({ milestone, milestones, opds }: PlanProps & { milestone: MilestoneView }) {
  const { milestone: say } = useWords().workspace;
  const { room } = useRoomTools();
  const [planning, setPlanning] = useState(false);
  const close = useCallback(() => setPlanning(false), []);
  const at = milestones.findIndex(({ id }) => id === milestone.id);
  const move = (place: number) => room.send('milestone.move', { milestoneId: milestone.id, place });
  return (
    <div className={styles.planning}>
      <Button
        small
        look="quiet"
        aria-label={say.planLabel(milestone.title)}
        onClick={() => setPlanning(true)}
      >
        <CalendarCog size={18} aria-hidden="true" />
        {say.plan}
      </Button>
      {at > 0 && (
        <Button small look="quiet" square aria-label={say.up(milestone.title)} onClick={() => move(at)}>
          <ArrowUp size={18} aria-hidden="true" />
        </Button>
      )}
      {at < milestones.length - 1 && (
        <Button small look="quiet" square aria-label={say.down(milestone.title)} onClick={() => move(at + 2)}>
          <ArrowDown size={18} aria-hidden="true" />
        </Button>
      )}
      {planning && <PlanDialog milestone={milestone} milestones={milestones} opds={opds} onClose={close} />}
    </div>
  );
}

/** The way to one more milestone, and those that are on their way. */
export function AddMilestone({
  milestones,
  opds,
  pending,
}: PlanProps & { pending: readonly PendingCommand[] }) {
  const { milestone: say } = useWords().workspace;
  const [adding, setAdding] = useState(false);
  const close = useCallback(() => setAdding(false), []);
  const plans = pending.filter(({ type }) => type === 'milestone.add' || type === 'milestone.plan');
  return (
    <div className={styles.actions}>
      <Button onClick={() => setAdding(true)}>
        <Plus size={18} aria-hidden="true" />
        {say.add}
      </Button>
      {plans.map((command) => (
        <PendingState key={command.commandId} command={command} />
      ))}
      {adding && <PlanDialog milestones={milestones} opds={opds} onClose={close} />}
    </div>
  );
}
