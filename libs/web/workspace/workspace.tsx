import { memo, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import {
  isOpenDecision,
  READ_ONLY_STATUSES,
  type TaskView,
  type WorkspaceRights,
  type WorkspaceState,
} from '#libs/contracts';
import type { PendingCommand, Room, RoomView } from '#libs/client';
import { dateWords, jakartaDay, type Words } from '#libs/content';
import { useSession } from '../app/session.js';
import { useScreenAction } from '../app/screen-actions.js';
import { useWords } from '../app/words.js';
import { Banner, Button, EmptyState, Skeleton } from '../kit/index.js';
import { useWide } from '../kit/use-wide.js';
import { useVisit } from '../catch-up/use-visit.js';
import { VisitNotice } from '../catch-up/visit-notice.js';
import { FilesTab } from '../files/files-tab.js';
import { Discussion } from '../discussion/discussion.js';
import { WorkspaceHeader } from './header.js';
import { MilestonesTab } from '../milestones/milestones-tab.js';
import type { Tab } from '../room/place.js';
import { PublicTab } from '../publish/public-tab.js';
import { RoomContext } from '../room/room-tools.js';
import { Summary } from '../summary/summary.js';
import { StatusDialog } from './status-dialog.js';
import { AcceptanceAsk } from '../team/acceptance-ask.js';
import {
  CatchUpPanel,
  DecisionsTab,
  fetchLaterParts,
  HandoversTab,
  HistoryTab,
  TeamTab,
} from './later-parts.js';
import { TabPanel, Tabs } from './tabs.js';
import { useAnnouncer } from './use-announcer.js';
import { usePlace } from '../room/use-place.js';
import styles from './workspace.module.css';

/** An open workspace. */
export const Workspace = memo(function Workspace({
  room,
  view,
  state,
  rights,
  taskId,
}: {
  room: Room;
  view: RoomView;
  state: WorkspaceState;
  rights: WorkspaceRights;
  taskId: string;
}) {
  const words = useWords();
  const { person } = useSession();
  const say = useAnnouncer(room);
  const tools = useMemo(() => ({ room, taskId, reader: person, say }), [room, taskId, person, say]);
  const wide = useWide();
  const place = usePlace(taskId);
  const { tab } = place;
  const visit = useVisit(room, view.reading);
  useEffect(fetchLaterParts, []);
  const { task } = state;
  const [changing, setChanging] = useState(false);
  const opener = useRef<Element | null>(null);
  const open = useCallback(() => {
    opener.current = document.activeElement;
    setChanging(true);
  }, []);
  const close = useCallback(() => setChanging(false), []);
  const { showTab } = place;
  const toHistory = useCallback(() => showTab('riwayat'), [showTab]);
  useScreenAction(rights.transitions.length > 0 ? words.workspace.header.changeStatus : null, open);

  // Back to where the dialog was opened; when that is gone with the last transition, to the title.
  useEffect(() => {
    if (changing || !opener.current) return;
    const back = opener.current.isConnected ? opener.current : document.querySelector('h1');
    opener.current = null;
    if (back instanceof HTMLElement) back.focus();
  }, [changing]);

  const counts: Partial<Record<Tab, number>> = {
    keputusan: state.decisions.filter(({ status }) => isOpenDecision(status)).length,
    'serah-terima': state.handovers.filter(({ status }) => status !== 'DONE').length,
    kabar: state.publicUpdates.filter(({ status }) => status === 'PENDING').length,
  };
  const change = useMemo(
    () =>
      view.pending
        .filter(
          (command): command is PendingCommand<'task.change-status'> => command.type === 'task.change-status',
        )
        .at(-1) ?? null,
    [view.pending],
  );
  const readOnly = readOnlyWords(task, words);
  const blocked = readOnly ?? (rights.post ? null : words.workspace.readOnly.noPost);
  const one = tab === 'diskusi' ? place.threadId !== null && rights.readMessages : place.decisionId !== null;
  const compact = !wide && one;

  return (
    <RoomContext.Provider value={tools}>
      <div className={styles.workspace}>
        <WorkspaceHeader
          task={task}
          opds={state.opds}
          members={state.members}
          people={view.presence}
          change={change}
          mayChange={rights.transitions.length > 0}
          onChange={open}
          wide={wide}
          compact={compact}
        />
        {view.outdated && (
          <Banner
            tone="attention"
            action={
              <Button small onClick={() => window.location.reload()}>
                {words.workspace.page.reload}
              </Button>
            }
          >
            {words.workspace.page.olderVersion}
          </Banner>
        )}
        {readOnly && !compact && tab !== 'diskusi' && <Banner>{readOnly}</Banner>}
        {!compact && (
          <Summary
            summary={state.summary}
            mayWrite={rights.writeSummary}
            pending={view.pending}
            onHistory={toHistory}
          />
        )}
        {!compact && <AcceptanceAsk opds={state.opds} mine={rights.answerOpds} pending={view.pending} />}
        {visit.notice && !compact && tab !== 'kejar' && (
          <VisitNotice visit={visit} threadId={place.threadId} />
        )}
        {!compact && <Tabs chosen={tab} counts={counts} onChoose={place.showTab} />}
        <Suspense fallback={<Skeleton cards={3} />}>
          {tab === 'kejar' ? (
            <CatchUpPanel
              visit={visit}
              state={state}
              reading={view.reading}
              onClose={() => place.showTab('diskusi')}
            />
          ) : (
            <TabPanel tab={tab} alone={compact}>
              {tab === 'diskusi' &&
                (rights.readMessages ? (
                  <Discussion
                    state={state}
                    rights={rights}
                    view={view}
                    place={place}
                    wide={wide}
                    blocked={blocked}
                  />
                ) : (
                  <EmptyState title={words.workspace.noMessages.title}>
                    {words.workspace.noMessages.body}
                  </EmptyState>
                ))}
              {tab === 'tahapan' && (
                <MilestonesTab
                  milestones={state.milestones}
                  opds={state.opds}
                  rights={rights}
                  pending={view.pending}
                />
              )}
              {tab === 'keputusan' && (
                <DecisionsTab
                  decisions={state.decisions}
                  rights={rights}
                  pending={view.pending}
                  chosen={place.decisionId}
                  alone={compact}
                  onChoose={place.showDecision}
                />
              )}
              {tab === 'serah-terima' && (
                <HandoversTab
                  handovers={state.handovers}
                  opds={state.opds}
                  status={task.status}
                  rights={rights}
                  pending={view.pending}
                  chosen={place.handoverId}
                />
              )}
              {tab === 'berkas' &&
                (rights.readMessages ? (
                  <FilesTab files={state.files} rights={rights} blocked={readOnly} />
                ) : (
                  <EmptyState title={words.workspace.files.notForYou}>
                    {words.workspace.noMessages.body}
                  </EmptyState>
                ))}
              {tab === 'tim' && (
                <TeamTab
                  task={task}
                  opds={state.opds}
                  members={state.members}
                  people={view.presence}
                  rights={rights}
                  pending={view.pending}
                />
              )}
              {tab === 'kabar' && (
                <PublicTab
                  task={task}
                  updates={state.publicUpdates}
                  pending={view.pending}
                  mayDraft={rights.draftPublicUpdate}
                />
              )}
              {tab === 'riwayat' && <HistoryTab state={state} />}
            </TabPanel>
          )}
        </Suspense>
        {changing && <StatusDialog task={task} transitions={rights.transitions} onClose={close} />}
      </div>
    </RoomContext.Provider>
  );
});

/** Why a finished task can only be read, and since when. */
function readOnlyWords(task: TaskView, words: Words): string | null {
  const { status, statusSince } = task;
  if (!READ_ONLY_STATUSES.has(status)) return null;
  if (status !== 'COMPLETED' && status !== 'CANCELLED' && status !== 'ARCHIVED') return null;
  return words.workspace.readOnly[status](dateWords(words.language).day(jakartaDay(statusSince)));
}
