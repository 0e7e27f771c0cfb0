import { lazy } from 'react';

const parts = {
  panel: () => import('../catch-up/catch-up-panel.js'),
  history: () => import('../history/history-tab.js'),
  team: () => import('../team/team-tab.js'),
  handovers: () => import('../handovers/handovers-tab.js'),
  summary: () => import('../summary/summary-editor.js'),
  decisions: () => import('../decisions/decisions-tab.js'),
};

/** Parts of the workspace that nobody sees first: they come behind it, in files of their own. */
export const CatchUpPanel = lazy(async () => ({ default: (await parts.panel()).CatchUpPanel }));
export const HistoryTab = lazy(async () => ({ default: (await parts.history()).HistoryTab }));
export const TeamTab = lazy(async () => ({ default: (await parts.team()).TeamTab }));
export const DecisionsTab = lazy(async () => ({ default: (await parts.decisions()).DecisionsTab }));
export const HandoversTab = lazy(async () => ({ default: (await parts.handovers()).HandoversTab }));

/** Fetches them all, so that they are there when the connection is not. */
export function fetchLaterParts(): void {
  // Whoever opens one asks again.
  for (const fetch of Object.values(parts)) fetch().catch(() => undefined);
}
