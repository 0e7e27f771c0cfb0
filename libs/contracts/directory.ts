import type { ActorView, OpdRef } from './organization.js';

/** `GET /api/opds`: a unit that can take part in tasks, since somebody can answer for it. */
export type OpdChoice = OpdRef;

/** `GET /api/opds/:id/people`: somebody with a post in the unit today. */
export interface PersonChoice extends ActorView {
  /** The post's title, `Plt.` or `Plh.` before it where it is held so. */
  position: string;
}
