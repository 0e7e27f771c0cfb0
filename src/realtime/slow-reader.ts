import type { SimpulSocket } from './rooms.js';

/** Packets that may wait for one reader; past either bound the reader is sent away and resumes from the history. */
export const MOST_PACKETS = 256;
export const MOST_LETTERS = 1024 * 1024;

/** The parts of engine.io's connection that its types keep to themselves. */
interface Connection {
  writeBuffer: readonly unknown[];
  transport: { socket?: { terminate(): void } };
  on(name: 'packetCreate', listener: (packet: { data?: unknown }) => void): void;
  close(discard: true): void;
}

/**
 * Calls `tooSlow` once when more waits for a reader than may. What waits is what engine.io keeps while the one before
 * has not gone to the kernel; a large answer that is under way does not count, what comes behind it does.
 */
export function watchReader(socket: SimpulSocket, tooSlow: () => void): void {
  const conn = socket.conn as unknown as Connection;
  let letters = 0;
  let told = false;
  conn.on('packetCreate', ({ data }) => {
    const packets = conn.writeBuffer.length;
    if (packets === 0) letters = 0;
    letters += typeof data === 'string' ? data.length : 0;
    // One alone may be as large as it is: otherwise its reader would never get it.
    if (told || packets === 0 || (packets < MOST_PACKETS && letters <= MOST_LETTERS)) return;
    told = true;
    // Not in the middle of a frame that is being written to a whole room.
    setImmediate(tooSlow);
  });
}

/** Ends a connection whose reader does not read: a polite goodbye would wait behind all that was not read. */
export function cutOff(socket: SimpulSocket): void {
  const { transport, close } = socket.conn as unknown as Connection;
  if (transport.socket) transport.socket.terminate();
  else close.call(socket.conn, true);
}
