import { createContext, useContext } from 'react';
import type { ActorView } from '#libs/contracts';
import type { Room } from '#libs/client';

/** What every part of the screen needs and what does not change while it is open. */
export interface RoomTools {
  room: Room;
  taskId: string;
  reader: ActorView;
  /** Says a change to screen readers; several within five seconds are joined. `about`: the message it quotes. */
  say: (text: string, about?: string) => void;
}

export const RoomContext = createContext<RoomTools | null>(null);

export function useRoomTools(): RoomTools {
  const tools = useContext(RoomContext);
  if (!tools) throw new Error('useRoomTools outside a workspace');
  return tools;
}
