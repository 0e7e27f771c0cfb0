import { QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { AppError, type HeldRole, mayRetry, type Role, type SessionView, type SignIn } from '#libs/contracts';
import { api, asAppError } from './api.js';

/** The one cache of what was asked over HTTP. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      networkMode: 'always',
      retry: (count, error) => count < 2 && mayRetry(asAppError(error).code),
      retryDelay: (count) => 500 * 2 ** count,
    },
  },
});

/** Who is signed in; `null` when nobody is. */
export const sessionQuery = queryOptions<SessionView | null>({
  queryKey: ['session'],
  queryFn: async () => {
    try {
      return await api<SessionView>('GET', '/api/session');
    } catch (error) {
      if (error instanceof AppError && error.code === 'unauthenticated') return null;
      throw error;
    }
  },
});

export function useSessionQuery() {
  return useQuery(sessionQuery, queries);
}

/** Signs in and keeps the session for every screen. Throws the refusal. */
export async function signIn(form: SignIn): Promise<void> {
  await api('POST', '/api/session', form);
  await queries.fetchQuery({ ...sessionQuery, staleTime: 0 });
}

let why: 'ended' | 'left' = 'ended';

/** Whether the last session ended by itself or its person left. */
export function endOfSession(): 'ended' | 'left' {
  return why;
}

/** Ends this sign-in, or all of the person's. */
export async function signOut(everywhere: boolean): Promise<void> {
  await api('DELETE', everywhere ? '/api/session/all' : '/api/session');
  forgetSession('left');
}

/** Nobody is signed in any more: what this person's screens had fetched goes too. */
export function forgetSession(reason: 'ended' | 'left' = 'ended'): void {
  // The server's own word about the end follows the person's: the first reason stands.
  if (queries.getQueryData(sessionQuery.queryKey)) why = reason;
  queries.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionQuery.queryKey[0] });
  queries.setQueryData(sessionQuery.queryKey, null);
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
