import { useCallback, useState } from 'react';
import type { DecisionOutcome, DecisionRequestView } from '#libs/contracts';
import { errorWords } from '#libs/content';
import { useConnection } from '../app/live.js';
import { useWords } from '../app/words.js';
import { Banner, Button } from '../kit/index.js';
import { useRoomTools } from '../room/room-tools.js';
import { useOutcome } from '../room/use-outcome.js';
import { ExtendDialog } from './extend-dialog.js';
import { NoteDialog } from './note-dialog.js';
import styles from './decisions.module.css';

export type WithNote = Exclude<DecisionOutcome, 'APPROVED'>;
const OTHERS = [
  'APPROVED_WITH_NOTE',
  'REJECTED',
  'CLARIFICATION_REQUESTED',
  'FORWARDED',
] as const satisfies readonly WithNote[];

/** What the decider can say; yes is one tap. Not without a network: things may have changed meanwhile. */
export function DeciderBar({ decision, option }: { decision: DecisionRequestView; option: string | null }) {
  const words = useWords();
  const { decision: say } = words.workspace;
  const { room } = useRoomTools();
  const online = useConnection().state === 'online';
  const { outcome, follow } = useOutcome(room);
  const [note, setNote] = useState<WithNote | 'MORE_TIME' | null>(null);
  const close = useCallback(() => setNote(null), []);
  const busy = outcome.state === 'sending';
  const approve = () =>
    follow(
      room.send('decision.decide', {
        ...{ decisionId: decision.id, outcome: 'APPROVED' },
        ...(option !== null && { option }),
      }),
    );
  return (
    <div className={styles.bar}>
      {!online && <Banner tone="attention">{say.offlineDecide}</Banner>}
      {outcome.state === 'refused' && <Banner tone="trouble">{errorWords(outcome.error, words)}</Banner>}
      <Button
        look="primary"
        className={styles.yes}
        busy={busy || !online}
        aria-label={say.sayTo(say.outcomes.APPROVED, decision.title)}
        onClick={approve}
      >
        {say.outcomes.APPROVED}
      </Button>
      {OTHERS.map((one) => (
        <Button
          key={one}
          busy={busy || !online}
          aria-label={say.sayTo(say.outcomes[one], decision.title)}
          onClick={() => setNote(one)}
        >
          {say.outcomes[one]}
        </Button>
      ))}
      {decision.clock && (
        <Button
          look="quiet"
          busy={busy || !online}
          aria-label={say.sayTo(say.extend, decision.title)}
          onClick={() => setNote('MORE_TIME')}
        >
          {say.extend}
        </Button>
      )}
      {note === 'MORE_TIME' && <ExtendDialog decision={decision} onClose={close} />}
      {note && note !== 'MORE_TIME' && (
        <NoteDialog decision={decision} outcome={note} option={option} onClose={close} />
      )}
    </div>
  );
}
