import type { Fanout } from '#libs/realtime';

/** Injection tokens for the two interfaces of libs/realtime. */
export const FANOUT = Symbol('Fanout');
export const PRESENCE = Symbol('Presence');
export type { Fanout };
