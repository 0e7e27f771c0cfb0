import { Undo2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { LIMITS, type DecisionRequestView } from '#libs/contracts';
import { errorWords } from '#libs/content';
import { useWords } from '../app/words.js';
import { Banner, Button } from '../kit/index.js';
import { useRoomTools } from '../room/room-tools.js';
import { useOutcome } from '../room/use-outcome.js';
import styles from './decisions.module.css';

/**
 * The seconds in which a decision can be taken back. Counted from when this device saw it, since its clock may be wrong;
 * the server says whether it still could be.
 */
export function UndoBar({ decision }: { decision: DecisionRequestView }) {
  const words = useWords();
  const { decision: say } = words.workspace;
  const { room, reader } = useRoomTools();
  const { outcome, follow } = useOutcome(room);
  const { id, effectiveAt, effective, decidedBy, outcome: said } = decision;
  const open = effectiveAt !== null && !effective;
  const [left, setLeft] = useState<number>(LIMITS.undoSeconds);
  useEffect(() => {
    if (!open) return undefined;
    const timer = setInterval(() => setLeft((seconds) => Math.max(0, seconds - 1)), 1_000);
    return () => clearInterval(timer);
  }, [open]);
  const refused = outcome.state === 'refused' && (
    <Banner tone="trouble">{errorWords(outcome.error, words)}</Banner>
  );
  if (!open || said === null) return refused || null;
  if (decidedBy?.id !== reader.id)
    return <p className={styles.muted}>{say.othersSoon(decidedBy?.name ?? '')}</p>;
  return (
    <div className={styles.undo}>
      <p>
        <strong>{say.said[said]}</strong> {left > 0 ? say.effectiveIn(left) : say.effectiveSoon}
      </p>
      <Button
        busy={outcome.state === 'sending'}
        onClick={() => follow(room.send('decision.undo', { decisionId: id }))}
      >
        <Undo2 size={18} aria-hidden="true" />
        {say.undo}
      </Button>
      {refused}
    </div>
  );
}
