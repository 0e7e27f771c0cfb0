import { useCallback, useState } from 'react';
import type { OpdRef, TaskOpdView } from '#libs/contracts';
import type { PendingCommand } from '#libs/client';
import { useWords } from '../app/words.js';
import { Banner, Button } from '../kit/index.js';
import { PendingState } from '../room/pending-state.js';
import { useRoomTools } from '../room/room-tools.js';
import { ReasonDialog } from './reason-dialog.js';
import styles from './team.module.css';

/** The question to a head, in place: does the unit take part? Gone once it is answered. */
export function AcceptanceAsk({
  opds,
  mine,
  pending,
}: {
  opds: readonly TaskOpdView[];
  /** Units the reader answers for. */
  mine: readonly string[];
  pending: readonly PendingCommand[];
}) {
  const { team: say } = useWords().workspace;
  const asked = opds.filter(({ opd, acceptance }) => acceptance === 'PENDING' && mine.includes(opd.id));
  return asked.map(({ opd, role }) => (
    <Banner key={opd.id} tone="attention" action={<Answers opd={opd} pending={pending} />}>
      <strong>{say.asked(opd.name)}</strong> {role && say.askedFor(role)}
    </Banner>
  ));
}

/** Yes at once, no with a reason. */
export function Answers({
  opd,
  pending,
  declined = false,
}: {
  opd: OpdRef;
  pending: readonly PendingCommand[];
  /** The unit has said no: only yes is left. */
  declined?: boolean;
}) {
  const { team: say } = useWords().workspace;
  const { room } = useRoomTools();
  const [declining, setDeclining] = useState(false);
  const close = useCallback(() => setDeclining(false), []);
  const command = pending.filter((one) => one.type === 'opd.answer' && one.data.opdId === opd.id).at(-1);
  if (command) return <PendingState command={command} />;
  return (
    <span className={styles.actions}>
      <Button
        small
        look={declined ? 'secondary' : 'primary'}
        onClick={() => room.send('opd.answer', { opdId: opd.id, answer: 'ACCEPTED' })}
      >
        {declined ? say.acceptAfterAll : say.accept}
      </Button>
      {!declined && (
        <Button small onClick={() => setDeclining(true)}>
          {say.decline}
        </Button>
      )}
      {declining && (
        <ReasonDialog
          wish={{ type: 'opd.answer', data: { opdId: opd.id, answer: 'DECLINED' } }}
          title={say.declineTitle(opd.abbreviation)}
          effect={say.declineEffect}
          action={say.decline}
          onClose={close}
        />
      )}
    </span>
  );
}
