/** The parts of a workspace, by the name they have in the address. */
export const TABS = [
  'diskusi',
  'tahapan',
  'keputusan',
  'serah-terima',
  'berkas',
  'tim',
  'kabar',
  'riwayat',
] as const;
export type Tab = (typeof TABS)[number];

/** What the workspace shows below its header: a tab, or what the person missed. */
export const PARTS = [...TABS, 'kejar'] as const;
export type Part = (typeof PARTS)[number];

/** What of the screen is in the address: a link leads to the same part and topic. */
export interface WorkspaceSearch {
  tab?: Part;
  topik?: string;
  /** The number of a message in the topic, which the screen leads to. */
  pesan?: number;
  /** A decision, which the screen leads to. */
  keputusan?: string;
  /** A piece of work between units, which the screen leads to. */
  serahTerima?: string;
}

const TOPIC = /^[0-9a-f-]{36}$/i;

/** Reads the address; what does not fit is left out. */
export function workspaceSearch(search: Record<string, unknown>): WorkspaceSearch {
  const tab = PARTS.find((name) => name === search.tab);
  const topik = typeof search.topik === 'string' && TOPIC.test(search.topik) ? search.topik : undefined;
  const no = Number(search.pesan);
  const pesan = topik && Number.isInteger(no) && no > 0 && no <= 2_147_483_647 ? no : undefined;
  const idIn = (part: Part, value: unknown) =>
    tab === part && typeof value === 'string' && TOPIC.test(value) ? value : undefined;
  const keputusan = idIn('keputusan', search.keputusan);
  const serahTerima = idIn('serah-terima', search.serahTerima);
  return {
    ...(tab && tab !== 'diskusi' ? { tab } : {}),
    ...(topik ? { topik } : {}),
    ...(pesan ? { pesan } : {}),
    ...(keputusan ? { keputusan } : {}),
    ...(serahTerima ? { serahTerima } : {}),
  };
}
