import { Plus } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import {
  LIMITS,
  type HandoverPage,
  type HandoverView,
  type TaskOpdView,
  type TaskStatus,
  type WorkspaceRights,
} from '#libs/contracts';
import type { PendingCommand } from '#libs/client';
import { api } from '../app/api.js';
import { useWords } from '../app/words.js';
import { Banner, Button, EmptyState } from '../kit/index.js';
import { PendingState } from '../room/pending-state.js';
import { useRoomTools } from '../room/room-tools.js';
import panels from '../room/panels.module.css';
import { GiveDialog } from './give-dialog.js';
import { HandoverCard } from './handover-card.js';
import { grouped } from './handovers.js';

interface TabProps {
  handovers: readonly HandoverView[];
  opds: readonly TaskOpdView[];
  status: TaskStatus;
  rights: WorkspaceRights;
  pending: readonly PendingCommand[];
  /** The one that the address leads to. */
  chosen: string | null;
}

/** Work between units: who holds what, and the next step for whoever may take it. */
export function HandoversTab({ handovers, opds, status, rights, pending, chosen }: TabProps) {
  const { handover: say } = useWords().workspace;
  const { say: tell } = useRoomTools();
  const [giving, setGiving] = useState(false);
  const close = useCallback(() => setGiving(false), []);
  const { all, more, failed, older } = useOlder(handovers);
  const groups = useMemo(() => grouped(all, rights, status), [all, rights, status]);
  const units = useMemo(
    () =>
      opds
        .filter(({ coordinating, acceptance }) => coordinating || acceptance === 'ACCEPTED')
        .map(({ opd }) => opd),
    [opds],
  );
  useTold(handovers, (one) =>
    tell(say.announced(one.title, say.statuses[one.status], one.holder.abbreviation)),
  );

  const mayGive = rights.handOver.length > 0 && units.length > 1;
  const give = mayGive && (
    <Button look={groups.mine.length > 0 ? 'secondary' : 'primary'} onClick={() => setGiving(true)}>
      <Plus size={18} aria-hidden="true" />
      {say.give}
    </Button>
  );
  return (
    <div className={panels.column}>
      {all.length === 0 ? (
        <EmptyState title={say.none} action={give}>
          {mayGive ? say.noneNext : say.noneRead}
        </EmptyState>
      ) : (
        give && <div className={panels.actions}>{give}</div>
      )}
      {pending
        .filter(({ type }) => type === 'handover.open')
        .map((command) => (
          <PendingState key={command.commandId} command={command} />
        ))}
      {(
        [
          [say.mine, groups.mine],
          [say.open, groups.open],
          [say.done, groups.done],
        ] as const
      ).map(
        ([title, list]) =>
          list.length > 0 && (
            <section key={title} className={panels.group}>
              <h2>{title}</h2>
              <ul role="list" className={panels.cards}>
                {list.map((handover) => (
                  <HandoverCard
                    key={handover.id}
                    handover={handover}
                    units={units}
                    mine={list === groups.mine}
                    hidden={!rights.readDecisions}
                    chosen={handover.id === chosen}
                  />
                ))}
              </ul>
            </section>
          ),
      )}
      {failed && <Banner tone="attention">{say.listFailed}</Banner>}
      {more && (
        <div>
          <Button onClick={older}>{say.older}</Button>
        </div>
      )}
      {giving && <GiveDialog units={units} mine={rights.handOver} onClose={close} />}
    </div>
  );
}

/** Those that the snapshot has no room for, a page at a time; what is live holds against what was read. */
function useOlder(live: readonly HandoverView[]): {
  all: readonly HandoverView[];
  more: boolean;
  failed: boolean;
  older: () => void;
} {
  const { taskId } = useRoomTools();
  const [read, setRead] = useState<{ handovers: HandoverView[]; more: boolean } | null>(null);
  const [failed, setFailed] = useState(false);
  const all = useMemo(() => {
    const known = new Set(live.map(({ id }) => id));
    return [...(read?.handovers ?? []).filter(({ id }) => !known.has(id)), ...live];
  }, [live, read]);
  const older = () => {
    api<HandoverPage>('GET', `/api/tasks/${taskId}/handovers?before=${all[0]?.id ?? ''}`).then(
      ({ handovers, more }) => {
        setFailed(false);
        setRead((before) => ({ handovers: [...handovers.reverse(), ...(before?.handovers ?? [])], more }));
      },
      () => setFailed(true),
    );
  };
  return { all, more: read?.more ?? live.length >= LIMITS.handoversInSnapshot, failed, older };
}

/** Says what changed while the reader was here. */
function useTold(handovers: readonly HandoverView[], tell: (handover: HandoverView) => void): void {
  const before = useRef<ReadonlyMap<string, number> | null>(null);
  useEffect(() => {
    const known = before.current;
    before.current = new Map(handovers.map(({ id, last }) => [id, last.no]));
    if (known === null) return;
    for (const handover of handovers) if (known.get(handover.id) !== handover.last.no) tell(handover);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the words are no reason to say it again
  }, [handovers]);
}
