import type { BoardScope } from './board.js';
import type { ActorView, HeldRole, OpdRef, PositionView } from './organization.js';

export interface SignIn {
  /** NIP (blanks allowed) or e-mail. */
  login: string;
  password: string;
}

/** `GET /api/session`: who is signed in and what the position of today opens. */
export interface SessionView {
  person: ActorView;
  opd: OpdRef | null;
  positions: PositionView[];
  roles: HeldRole[];
  /** Boards this person may open; empty when the position oversees nothing. The person's own (`person:<id>`) is always allowed and not listed. */
  boards: { scope: BoardScope; label: string }[];
  /** Origin-wide fact for screens: the instance answering. */
  instance: string;
  expiresAt: string;
}
