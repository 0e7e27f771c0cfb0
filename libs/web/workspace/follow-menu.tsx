import { BellRing, Check } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { FOLLOW_LEVELS, type FollowLevel } from '#libs/contracts';
import { useClient, useConnection, useInbox } from '../app/live.js';
import { useWords } from '../app/words.js';
import { Button, showToast } from '../kit/index.js';
import { Menu } from '../kit/menu.js';
import { useRoomTools } from '../room/room-tools.js';
import styles from './workspace.module.css';

/** How much of this task comes into the person's inbox. */
export function FollowMenu() {
  const { inbox: words, workspace } = useWords();
  const { catchUp: say } = workspace;
  const { taskId } = useRoomTools();
  const { inbox } = useInbox(useClient());
  const online = useConnection().state === 'online';
  const [level, setLevel] = useState<FollowLevel | null>(null);

  const read = useCallback(() => {
    // Unknown without a connection: the menu says so, and is asked again with the next one.
    inbox?.followed(taskId).then(setLevel, () => setLevel(null));
  }, [inbox, taskId]);
  useEffect(() => {
    if (online) read();
  }, [online, read]);

  const choose = (next: FollowLevel): void => {
    const before = level;
    setLevel(next);
    inbox?.follow(taskId, next).then(
      () => showToast({ text: say.followSet(words.levels[next]), ms: 4_000 }),
      () => {
        setLevel(before);
        showToast({ text: say.followFailed });
      },
    );
  };

  return (
    <Menu
      label={level === null ? say.follow : say.followOf(words.levels[level])}
      button={
        <>
          <BellRing size={18} aria-hidden="true" />
          {say.follow}
        </>
      }
    >
      {(close) => (
        <div role="group" aria-label={say.followTitle} className={styles.follow}>
          <p className={styles.muted}>{level === null ? say.followUnknown : say.followTitle}</p>
          {FOLLOW_LEVELS.map((each) => (
            <Button
              key={each}
              look="quiet"
              className={styles.level}
              aria-pressed={each === level}
              onClick={() => {
                close();
                choose(each);
              }}
            >
              <span className={styles.tick} aria-hidden="true">
                {each === level && <Check size={18} />}
              </span>
              {words.levels[each]}
            </Button>
          ))}
        </div>
      )}
    </Menu>
  );
}
