import {
  mentionLabel,
  TEAM_LABEL,
  type Mention,
  type MentionKind,
  type WorkspaceRights,
  type WorkspaceState,
} from '#libs/contracts';
import { isMentionAt } from './rich-text.js';

/** Somebody a message can call on. */
export interface Candidate extends Mention {
  label: string;
  /** What helps to tell two apart: the unit of a person, the full name of a unit. */
  about: string;
}

/** All that the room itself knows: the team's people, the units that take part, and for its lead the whole team. */
export function candidatesOf(
  { task, members, opds }: Pick<WorkspaceState, 'task' | 'members' | 'opds'>,
  rights: Pick<WorkspaceRights, 'mentionTeam'>,
  readerId: string,
): Candidate[] {
  const people = members
    .filter(({ person }) => person.id !== readerId)
    .map(({ person }) => candidate('PERSON', person.id, mentionLabel(person.name), person.opd));
  const units = opds
    .filter(({ acceptance }) => acceptance !== 'DECLINED')
    .map(({ opd }) => candidate('OPD', opd.id, opd.abbreviation, opd.name));
  const team = rights.mentionTeam ? [candidate('TEAM', task.id, TEAM_LABEL, '')] : [];
  return [...people, ...units, ...team];
}

function candidate(kind: MentionKind, id: string, label: string, about: string): Candidate {
  return { kind, id, label, about };
}

/** The mention that is being written at the caret: where its `@` stands, and what follows it. */
export function mentionAt(text: string, caret: number): { from: number; query: string } | null {
  const from = text.lastIndexOf('@', caret - 1);
  if (from < 0 || caret - from > 40) return null;
  const query = text.slice(from + 1, caret);
  // An `@` inside a word is an address, and nobody's name goes over two lines.
  if (/[\p{L}\p{N}]/u.test(text.charAt(from - 1)) || query.includes('\n')) return null;
  return { from, query };
}

/** Those whose name has a word that begins so, and then those of such a unit; at most eight. */
export function fitting(candidates: readonly Candidate[], query: string): Candidate[] {
  const wanted = query.toLocaleLowerCase('id-ID').trimStart();
  const fits = (words: string) => ` ${words.toLocaleLowerCase('id-ID')}`.includes(` ${wanted}`);
  const named = candidates.filter(({ label }) => fits(label));
  const related = candidates.filter(({ label, about }) => !fits(label) && fits(about));
  return [...named, ...related].slice(0, 8);
}

/** Those a text calls on, by its `@` signs. */
export function mentionsIn(text: string, candidates: readonly Candidate[]): Mention[] {
  const found = new Map<string, Mention>();
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const called = candidates.filter(({ label }) => isMentionAt(text, at, label));
    const longest = called.sort((a, b) => b.label.length - a.label.length)[0];
    if (longest) found.set(`${longest.kind} ${longest.id}`, { kind: longest.kind, id: longest.id });
  }
  return [...found.values()];
}
