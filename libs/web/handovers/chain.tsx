import { useCallback, useEffect, useState } from 'react';
import type { HandoverChain, HandoverView } from '#libs/contracts';
import { dateWords } from '#libs/content';
import { api } from '../app/api.js';
import { useConnection } from '../app/live.js';
import { useWords } from '../app/words.js';
import { Banner, Button, Skeleton } from '../kit/index.js';
import { useRoomTools } from '../room/room-tools.js';
import { split, wholeMinutes } from './ages.js';
import styles from './handovers.module.css';

/** Who has had a piece for how long, by hold and by unit. */
export function Chain({ handover }: { handover: HandoverView }) {
  const words = useWords();
  const { handover: say } = words.workspace;
  const dates = dateWords(words.language);
  const online = useConnection().state === 'online';
  const { chain, failed, again, earlier } = useChain(handover);
  if (!chain) {
    if (!online) return <p className={styles.muted}>{say.chainOffline}</p>;
    if (!failed) return <Skeleton lines={3} />;
  }
  const failure = failed && (
    <Banner
      tone="attention"
      action={
        <Button small onClick={again}>
          {say.again}
        </Button>
      }
    >
      {say.chainFailed}
    </Banner>
  );
  if (!chain) return failure;
  const time = (minutes = 0) => say.worked(say.duration(...split(minutes)));
  const holds = wholeMinutes(chain.holds.map(({ workedMs }) => workedMs));
  const units = wholeMinutes(chain.byOpd.map(({ workedMs }) => workedMs));
  return (
    <div className={styles.chain}>
      {failure}
      {chain.more && (
        <Button small onClick={earlier}>
          {say.olderHolds}
        </Button>
      )}
      <ol role="list" className={styles.holds}>
        {chain.holds.map(({ no, step, opd, by, at, note }, i) => (
          <li key={no}>
            <p>{say.hold(opd.abbreviation, say.took[step], by.name, dates.short(at))}</p>
            {note && (
              <p className={styles.text} dir="auto">
                {note}
              </p>
            )}
            {step !== 'DONE' && <p className={styles.muted}>{time(holds[i])}</p>}
          </li>
        ))}
      </ol>
      <table className={styles.ages}>
        <caption>{say.byOpd}</caption>
        <tbody>
          {chain.byOpd.map(({ opd }, i) => (
            <tr key={opd.id}>
              <th scope="row">{opd.abbreviation}</th>
              <td>{say.duration(...split(units[i] ?? 0))}</td>
            </tr>
          ))}
          <tr className={styles.total}>
            <th scope="row">{say.total}</th>
            <td>{say.duration(...split(Math.floor(chain.total.workedMs / 60_000)))}</td>
          </tr>
        </tbody>
      </table>
      <p className={styles.muted}>{say.asOf(dates.short(chain.asOf))}</p>
    </div>
  );
}

/** Asked for again with every step that is taken. */
function useChain({ id, last }: HandoverView): {
  chain: HandoverChain | null;
  failed: boolean;
  again: () => void;
  earlier: () => void;
} {
  const { taskId } = useRoomTools();
  const online = useConnection().state === 'online';
  const [chain, setChain] = useState<HandoverChain | null>(null);
  const [failed, setFailed] = useState(false);
  const [turn, setTurn] = useState(0);
  const path = `/api/tasks/${taskId}/handovers/${id}/holds`;
  useEffect(() => {
    if (!online) return undefined;
    const gone = new AbortController();
    api<HandoverChain>('GET', path, undefined, gone.signal).then(
      (found) => {
        setChain(found);
        setFailed(false);
      },
      () => {
        if (!gone.signal.aborted) setFailed(true);
      },
    );
    return () => gone.abort();
  }, [path, last.no, online, turn]);
  const earlier = useCallback(() => {
    const first = chain?.holds[0];
    if (!first) return;
    api<HandoverChain>('GET', `${path}?before=${first.no}`).then(
      ({ holds, more }) => setChain((now) => now && { ...now, holds: [...holds, ...now.holds], more }),
      () => setFailed(true),
    );
  }, [chain, path]);
  return { chain, failed, again: () => setTurn((before) => before + 1), earlier };
}
