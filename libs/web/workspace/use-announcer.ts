import { useEffect, useMemo } from 'react';
import type { Room } from '#libs/client';
import { useWords } from '../app/words.js';
import { announce, retract } from '../kit/index.js';
import type { RoomTools } from '../room/room-tools.js';
import { joinedAnnouncer } from './joined-announcer.js';

/**
 * Says changes to screen readers through the page's one live region, joined when they come close together. What a
 * deleted message said is neither said any more nor left standing there.
 */
export function useAnnouncer(room: Room): RoomTools['say'] {
  const { joined } = useWords().workspace;
  const announcer = useMemo(() => joinedAnnouncer(announce, joined), [joined]);
  useEffect(() => () => announcer.stop(), [announcer]);
  useEffect(
    () =>
      room.journal.subscribe((entry) => {
        if (entry.kind !== 'event' || entry.event.type !== 'message.deleted') return;
        const { id } = entry.event.data.message;
        announcer.unsay(id);
        retract(id);
      }),
    [room, announcer],
  );
  return announcer.say;
}
