import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { WorkspaceRights, WorkspaceState } from '#libs/contracts';
import type { RoomView } from '#libs/client';
import { useConnection } from '../app/live.js';
import { useWords } from '../app/words.js';
import { Button, classes, EmptyState } from '../kit/index.js';
import { useRoomTools } from '../room/room-tools.js';
import { candidatesOf } from '../composer/mentions.js';
import { neighbour, stableOrder, type TopicEntry, topics as topicsOf } from './threads.js';
import { ThreadList } from './thread-list.js';
import { TopicView } from './topic-view.js';
import { isFreeKey } from '../app/free-key.js';
import { useFillHeight } from './use-fill-height.js';
import type { Place } from '../room/use-place.js';
import styles from './discussion.module.css';

export interface DiscussionProps {
  state: WorkspaceState;
  rights: WorkspaceRights;
  view: RoomView;
  place: Place;
  wide: boolean;
  /** Why nothing can be written. */
  blocked: string | null;
}

/** Topics beside the chosen one; on a phone first the list, then the topic. */
export function Discussion({ state, rights, view, place, wide, blocked }: DiscussionProps) {
  const { workspace: words } = useWords();
  const { reader } = useRoomTools();
  const online = useConnection().state === 'online';
  const box = useRef<HTMLDivElement>(null);

  const sorted = useMemo(
    () => topicsOf(state.threads, view.pending, reader),
    [state.threads, view.pending, reader],
  );
  const topics = useSteadyTopics(sorted);
  const { threadId, showThread } = place;
  const chosen = topics.find((topic) => topic.thread.id === threadId) ?? null;

  // With room for both, something is always open: first the topic with the latest message.
  const firstId = topics[0]?.thread.id ?? null;
  useEffect(() => {
    if (wide && threadId === null && firstId !== null) showThread(firstId, true);
  }, [wide, threadId, firstId, showThread]);

  const ids = topics.map((topic) => topic.thread.id).join(' ');
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.key !== '[' && event.key !== ']') || !isFreeKey(event)) return;
      const next = neighbour(ids === '' ? [] : ids.split(' '), threadId, event.key === ']' ? 1 : -1);
      if (next) showThread(next, true);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [ids, threadId, showThread]);

  const { task, members, opds } = state;
  const candidates = useMemo(
    () => candidatesOf({ task, members, opds }, rights, reader.id),
    [task, members, opds, rights, reader.id],
  );
  const nameOf = useCallback(
    (personId: string) => members.find(({ person }) => person.id === personId)?.person.name ?? null,
    [members],
  );

  const showList = wide || threadId === null;
  const showTopic = wide || threadId !== null;
  // A list of topics alone may be as long as it is: the page scrolls.
  useFillHeight(box, showTopic);
  return (
    <div ref={box} className={classes(styles.discussion, showTopic && styles.fills)}>
      {showList && (
        <ThreadList
          topics={topics}
          chosen={chosen?.thread.id ?? null}
          reading={view.reading}
          mayOpen={rights.openThread}
          onChoose={showThread}
        />
      )}
      {showTopic &&
        (chosen ? (
          <TopicView
            key={chosen.thread.id}
            topic={chosen}
            window={state.windows[chosen.thread.id]}
            passage={view.passages[chosen.thread.id]}
            reading={view.reading.get(chosen.thread.id)}
            messageNo={place.messageNo}
            rights={rights}
            candidates={candidates}
            nameOf={nameOf}
            onPlain={() => showThread(chosen.thread.id, true)}
            pending={view.pending}
            typing={view.typing}
            loading={view.loadingThreads.includes(chosen.thread.id)}
            online={online}
            blocked={blocked}
            confidentiality={state.task.confidentiality}
            onBack={wide ? null : () => showThread(null)}
          />
        ) : (
          <div className={styles.waiting}>
            <EmptyState
              title={threadId === null ? words.thread.choose : words.thread.missing}
              action={
                threadId !== null && <Button onClick={() => showThread(null)}>{words.thread.back}</Button>
              }
            />
          </div>
        ))}
    </div>
  );
}

/** Keeps topics where the reader sees them; the order of latest activity comes with the next visit. */
function useSteadyTopics(sorted: readonly TopicEntry[]): TopicEntry[] {
  const ids = sorted.map((topic) => topic.thread.id);
  const [shown, setShown] = useState(ids);
  const order = stableOrder(shown, ids);
  if (order.join() !== shown.join()) setShown(order);
  return useMemo(() => {
    const byId = new Map(sorted.map((topic) => [topic.thread.id, topic]));
    return shown.flatMap((id) => byId.get(id) ?? []);
  }, [sorted, shown]);
}
