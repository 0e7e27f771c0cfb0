import { createContext, useContext, useSyncExternalStore } from 'react';
import { type HeldRole, mayRetry, type Role, type SessionView, type SignIn } from '#libs/contracts';
import { api, asAppError } from './api.js';

const FRESH_MS = 60_000;
const TRIES = 3;

/** `undefined`: not asked yet. `null`: nobody is signed in. */
let known: SessionView | null | undefined;
let askedAt = 0;
let asking: Promise<SessionView | null> | null = null;
let end: 'ended' | 'left' = 'ended';
let leaving = false;
const listeners = new Set<() => void>();

function keep(session: SessionView | null): void {
  known = session;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

async function ask(): Promise<SessionView | null> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await api<SessionView>('GET', '/api/session');
    } catch (error) {
      const { code } = asAppError(error);
      if (code === 'unauthenticated') return null;
      if (attempt === TRIES || !mayRetry(code)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500 * attempt));
    }
  }
}

async function refresh(): Promise<SessionView | null> {
  asking ??= ask().finally(() => (asking = null));
  const session = await asking;
  askedAt = Date.now();
  keep(session);
  return session;
}

/** Who is signed in, asked once. Throws `AppError` when the server cannot say. */
export async function loadSession(): Promise<SessionView | null> {
  return known === undefined ? refresh() : known;
}

/** What is known without asking. */
export function knownSession(): SessionView | null | undefined {
  return known;
}

export function useKnownSession(): SessionView | null | undefined {
  return useSyncExternalStore(subscribe, knownSession);
}

/** Asks again when a page is looked at after a while: positions, boards and rights may have changed. */
export function keepSessionFresh(): () => void {
  const look = () => {
    if (document.visibilityState !== 'visible' || !known || Date.now() - askedAt < FRESH_MS) return;
    // Not reachable now: the connection's banner says so, and the next look asks again.
    refresh().catch(() => undefined);
  };
  document.addEventListener('visibilitychange', look);
  return () => document.removeEventListener('visibilitychange', look);
}

/** Signs in and keeps the session for every screen. Throws the refusal. */
export async function signIn(form: SignIn): Promise<void> {
  const session = await api<SessionView>('POST', '/api/session', form);
  askedAt = Date.now();
  keep(session);
}

/** Ends this sign-in, or all of the person's. */
export async function signOut(everywhere: boolean): Promise<void> {
  leaving = true;
  try {
    await api('DELETE', everywhere ? '/api/sessions' : '/api/session');
    forgetSession('left');
  } finally {
    leaving = false;
  }
}

/**
 * Nobody is signed in any more. The server's own word about the end may come before or after its answer to the person
 * who leaves: who wished it has left.
 */
export function forgetSession(reason: 'ended' | 'left' = 'ended'): void {
  if (known) end = leaving ? 'left' : reason;
  keep(null);
}

/** Whether the last session ended by itself or its person left. */
export function endOfSession(): 'ended' | 'left' {
  return end;
}

export const SessionContext = createContext<SessionView | null>(null);

/** The signed-in person; only inside the shell. */
export function useSession(): SessionView {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession outside the shell');
  return session;
}

/** Whether the position of today, or a grant, carries this role. */
export function holds(roles: readonly HeldRole[], role: Role): boolean {
  return roles.some((held) => held.role === role);
}
