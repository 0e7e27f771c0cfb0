import type { Server, Socket } from 'socket.io';
import type { ActorView, ClientEvents, ServerEvents } from '#libs/contracts';

/** Who is at the other end: set by the handshake, never by the client. */
export interface SocketData {
  person: ActorView;
  sessionId: string;
  /** Where the person's stream stood when the sign-in was looked up; null when there was none. */
  seen: number | null;
  /** Milliseconds since the epoch. */
  expiresAt: number;
  workspaces: Set<string>;
}

export type SimpulSocket = Socket<ClientEvents, ServerEvents, Record<string, never>, SocketData>;
export type SimpulServer = Server<ClientEvents, ServerEvents, Record<string, never>, SocketData>;

/** Receives the whole history of a workspace. */
export const workspaceRoom = (workspaceId: string) => `workspace:${workspaceId}`;
/** Receives it without what only named members may read. */
export const overseersRoom = (workspaceId: string) => `overseers:${workspaceId}`;
/** Receives it without the words of decisions as well. */
export const observersRoom = (workspaceId: string) => `observers:${workspaceId}`;
export const boardRoom = (scope: string) => `board:${scope}`;
