import type { HeldRole, PositionMode, Role } from '#libs/contracts';

/*
 * Reviewed by hand: which post gives which role, and which asisten's field a unit lies in. Change it only together
 * with position-roles.spec.ts, which checks it against the units and officials of the sample city.
 */

/** Elected leaders' posts; no import of staff can give this kind. */
export const ELECTED_KIND = 'kepala_daerah';

/** Kinds of post that can lead a unit, as in `position_assignments.position_kind`. */
export const LEADING_KINDS: readonly string[] = [ELECTED_KIND, 'jpt_pratama', 'administrator'];

/** Roles that are granted by name, since no post gives them. */
export const GRANTABLE_ROLES = [
  'ADMIN_OPD',
  'PPID',
  'PEMANTAU',
  'ADMIN_SISTEM',
] as const satisfies readonly Role[];
export type GrantableRole = (typeof GRANTABLE_ROLES)[number];

/** A post on a day, with what decides about its role. */
export interface Post {
  personId: string;
  opdId: string;
  opdKind: string;
  title: string;
  positionKind: string;
  mode: PositionMode;
}

interface PostRule {
  opdKind: string;
  title: RegExp;
  elected?: boolean;
  roles: readonly Role[];
  /** The role is about the whole city, not about the unit. */
  city?: boolean;
}

const RULES: readonly PostRule[] = [
  { opdKind: 'pemerintah_kota', title: /^wali kota\b/i, elected: true, roles: ['WALI_KOTA'], city: true },
  {
    opdKind: 'pemerintah_kota',
    title: /^wakil wali kota\b/i,
    elected: true,
    roles: ['WAKIL_WALI_KOTA'],
    city: true,
  },
  { opdKind: 'sekretariat_daerah', title: /^sekretaris daerah\b/i, roles: ['SEKDA'], city: true },
  // Without this nobody could accept a task for the secretariat itself.
  { opdKind: 'sekretariat_daerah', title: /^sekretaris daerah\b/i, roles: ['KEPALA_OPD'] },
  { opdKind: 'asisten', title: /^asisten\b/i, roles: ['ASISTEN'] },
  { opdKind: 'bagian', title: /^kepala bagian\b/i, roles: ['KEPALA_OPD'] },
  { opdKind: 'sekretariat_dprd', title: /^sekretaris (dprd|dewan)\b/i, roles: ['KEPALA_OPD'] },
  { opdKind: 'inspektorat', title: /^inspektur(?! pembantu)\b/i, roles: ['KEPALA_OPD'] },
  { opdKind: 'dinas', title: /^kepala dinas\b/i, roles: ['KEPALA_OPD'] },
  { opdKind: 'badan', title: /^kepala (badan|pelaksana)\b/i, roles: ['KEPALA_OPD'] },
  { opdKind: 'satuan', title: /^kepala satuan\b/i, roles: ['KEPALA_OPD'] },
  { opdKind: 'rsud', title: /^direktur\b/i, roles: ['KEPALA_OPD'] },
  { opdKind: 'kecamatan', title: /^camat\b/i, roles: ['KEPALA_OPD'] },
];

/** Kinds of unit for which somebody can answer: only these take part in tasks. */
export const ANSWERING_KINDS: ReadonlySet<string> = new Set(
  RULES.filter(({ roles }) => roles.includes('KEPALA_OPD')).map(({ opdKind }) => opdKind),
);

/** The roles a post gives, whoever holds it. */
export function rolesOfPost({
  opdId,
  opdKind,
  title,
  positionKind,
}: Omit<Post, 'personId' | 'mode'>): HeldRole[] {
  if (!LEADING_KINDS.includes(positionKind)) return [];
  return RULES.filter(
    (rule) =>
      rule.opdKind === opdKind &&
      (rule.elected ?? false) === (positionKind === ELECTED_KIND) &&
      rule.title.test(title),
  ).flatMap((rule) => rule.roles.map((role) => ({ role, opdId: rule.city ? null : opdId })));
}

/**
 * Who holds which role among the posts of a day. While a Plh. stands in for a post, nobody else has its role;
 * a Plt. fills a vacancy and has it as a definitive holder would.
 */
export function heldRoles(posts: readonly Post[]): (HeldRole & { personId: string })[] {
  const candidates = posts.flatMap((post) => rolesOfPost(post).map((held) => ({ held, post })));
  const stoodInFor = new Set(
    candidates
      .filter(({ post }) => post.mode === 'PLH')
      .map(({ held, post }) => `${post.opdId} ${held.role}`),
  );
  return candidates
    .filter(({ held, post }) => post.mode === 'PLH' || !stoodInFor.has(`${post.opdId} ${held.role}`))
    .map(({ held, post }) => ({ ...held, personId: post.personId }));
}

/** How somebody holds a role on a day. */
export interface Holder {
  personId: string;
  mode: PositionMode;
  title: string;
  /** The definitive holder, when another one stands in. */
  insteadOf: string | null;
}

/** Who holds a role among the posts of a day, as `heldRoles` has it, and how. */
export function holdersAmong(posts: readonly Post[], { role, opdId }: HeldRole): Holder[] {
  const candidates = posts.filter((post) =>
    rolesOfPost(post).some((held) => held.role === role && held.opdId === opdId),
  );
  const standIns = candidates.filter(({ mode }) => mode === 'PLH');
  const definitive = candidates.find(({ mode }) => mode === 'DEFINITIVE')?.personId ?? null;
  return (standIns.length > 0 ? standIns : candidates).map(({ personId, mode, title }) => ({
    personId,
    mode,
    title,
    insteadOf: mode === 'DEFINITIVE' || definitive === personId ? null : definitive,
  }));
}

/**
 * Units in an asisten's field, by code of the asisten's unit. Bagian and hospitals are found by their parent.
 * Assumption, to be confirmed by Bagian Organisasi: the city's own division is not published.
 */
export const FIELDS: Readonly<Record<string, readonly string[]>> = {
  'ASISTEN-1': [
    'DISDIK',
    'DINKES',
    'DINSOS',
    'DPMPPA',
    'DPPKB',
    'DISDUKCAPIL',
    'DISPORA',
    'SATPOLPP',
    'DAMKARTAN',
    'BPBD',
    'KESBANGPOL',
    'KEC-AB',
    'KEC-DS',
    'KEC-DT',
    'KEC-JS',
    'KEC-JT',
    'KEC-JL',
    'KEC-KB',
    'KEC-PM',
    'KEC-PJ',
    'KEC-PL',
    'KEC-TP',
  ],
  'ASISTEN-2': [
    'PUPR',
    'PERKIM',
    'DLH',
    'DISHUB',
    'DPKP',
    'DISNAKERKOPUKM',
    'DPMPTSP',
    'DISPARBUD',
    'DISPERINDAG',
    'BAPPEDA',
  ],
  'ASISTEN-3': [
    'PEMKOT',
    'SETDA',
    'STAFAHLI',
    'SETWAN',
    'ITKOT',
    'DISKOMINFO',
    'DISPUSIP',
    'BPKAD',
    'BPPRD',
    'BKPSDMD',
  ],
};

const FIELD_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(FIELDS).flatMap(([asisten, codes]) =>
    codes.map((code): [string, string] => [code, asisten]),
  ),
);

/**
 * The code of the asisten in whose field a unit lies: its own when it is one, else as listed, else its parent's.
 * A unit that is neither listed nor below a listed one has none: only the city's leaders oversee it.
 */
export function fieldOf(
  code: string,
  unitByCode: ReadonlyMap<string, { kind: string; parentCode: string | null }>,
): string | null {
  const passed = new Set<string>();
  for (
    let at: string | null = code;
    at !== null && !passed.has(at);
    at = unitByCode.get(at)?.parentCode ?? null
  ) {
    if (unitByCode.get(at)?.kind === 'asisten') return at;
    const listed = FIELD_OF.get(at);
    // The root is listed for itself; what merely stands below it is not placed by that.
    if (listed && (at === code || unitByCode.get(at)?.kind !== 'pemerintah_kota')) return listed;
    passed.add(at);
  }
  return null;
}
