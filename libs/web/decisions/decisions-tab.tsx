import { ArrowLeft, Plus } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { DecisionRequestView, WorkspaceRights } from '#libs/contracts';
import type { PendingCommand } from '#libs/client';
import { useWords } from '../app/words.js';
import { Button, EmptyState } from '../kit/index.js';
import { PendingState } from '../room/pending-state.js';
import { useRoomTools } from '../room/room-tools.js';
import panels from '../room/panels.module.css';
import { AskDialog } from './ask-dialog.js';
import { DecisionCard } from './decision-card.js';
import { grouped } from './decisions.js';
import styles from './decisions.module.css';

interface TabProps {
  decisions: readonly DecisionRequestView[];
  rights: WorkspaceRights;
  pending: readonly PendingCommand[];
  /** The one that the address leads to. */
  chosen: string | null;
  /** On a phone only that one is shown. */
  alone: boolean;
  onChoose: (decisionId: string | null) => void;
}

/** What was asked, of whom, by when, and what came of it; whoever decides does it here. */
export function DecisionsTab({ decisions, rights, pending, chosen, alone, onChoose }: TabProps) {
  const { decision: say } = useWords().workspace;
  const { reader, say: tell } = useRoomTools();
  const [asking, setAsking] = useState<{ supersedes: DecisionRequestView | null } | null>(null);
  const close = useCallback(() => setAsking(null), []);
  const replace = useCallback((old: DecisionRequestView) => setAsking({ supersedes: old }), []);
  const groups = useMemo(() => grouped(decisions, rights, reader.id), [decisions, rights, reader.id]);
  const titles = useMemo(() => new Map(decisions.map(({ id, title }) => [id, title])), [decisions]);
  useTold(decisions, (one) => tell(say.announced(one.title, say.statuses[one.status])));

  const card = (decision: DecisionRequestView) => (
    <DecisionCard
      key={decision.id}
      decision={decision}
      titles={titles}
      rights={rights}
      chosen={decision.id === chosen}
      onReplace={replace}
    />
  );
  const dialog = asking && <AskDialog supersedes={asking.supersedes} onClose={close} />;
  const one = alone ? decisions.find(({ id }) => id === chosen) : undefined;
  if (one)
    return (
      <div className={styles.alone}>
        <Button look="quiet" small className={styles.back} onClick={() => onChoose(null)}>
          <ArrowLeft size={18} aria-hidden="true" />
          {say.toList}
        </Button>
        <ul role="list">{card(one)}</ul>
        {dialog}
      </div>
    );

  const ask = rights.askDecisions && (
    <Button
      look={groups.mine.length > 0 ? 'secondary' : 'primary'}
      onClick={() => setAsking({ supersedes: null })}
    >
      <Plus size={18} aria-hidden="true" />
      {say.ask}
    </Button>
  );
  const asked = pending.filter(({ type }) => type === 'decision.request');
  return (
    <div className={panels.column}>
      {decisions.length === 0 ? (
        <EmptyState title={say.none} action={ask}>
          {rights.askDecisions && say.noneNext}
        </EmptyState>
      ) : (
        ask && <div className={panels.actions}>{ask}</div>
      )}
      {asked.map((command) => (
        <PendingState key={command.commandId} command={command} />
      ))}
      {(
        [
          [say.forMe, groups.mine],
          [say.waitingFirst, groups.open],
          [say.settled, groups.settled],
        ] as const
      ).map(
        ([title, list]) =>
          list.length > 0 && (
            <section key={title} className={panels.group}>
              <h2>{title}</h2>
              <ul role="list" className={panels.cards}>
                {list.map(card)}
              </ul>
            </section>
          ),
      )}
      {dialog}
    </div>
  );
}

/** Says what changed while the reader was here. */
function useTold(
  decisions: readonly DecisionRequestView[],
  tell: (decision: DecisionRequestView) => void,
): void {
  const before = useRef<ReadonlyMap<string, string> | null>(null);
  useEffect(() => {
    const known = before.current;
    before.current = new Map(decisions.map(({ id, status }) => [id, status]));
    if (known === null) return;
    for (const decision of decisions) if (known.get(decision.id) !== decision.status) tell(decision);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the words are no reason to say it again
  }, [decisions]);
}
