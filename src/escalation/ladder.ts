import {
  dayOf,
  endOfWorkingDay,
  halfwayBetween,
  type ClockStepKind,
  type Day,
  type Instant,
  type PostRef,
  type WorkingTime,
} from '#libs/contracts';

/** Something that waits for a post. */
export interface Waiting {
  /** Who has to answer. A team lead's post is named with the coordinating unit. */
  owner: PostRef;
  askedAt: Instant;
  /** Half of the time, where that is not half of what lies between: it stood meanwhile. */
  remindAt?: Instant;
  dueAt: Instant;
}

/** Who is above whom, and who holds which post, on one day. */
export interface ChainOfDay {
  /** From the nearest to the highest. */
  superiorsOf(post: PostRef): readonly PostRef[];
  /** Stand-ins instead of those they stand in for. */
  holdersOf(post: PostRef): readonly string[];
}

export interface LadderStep {
  kind: ClockStepKind;
  at: Instant;
  to: PostRef;
  /** Who holds that post on the day of the step, as far as it is known now; none for a team lead. */
  personIds: readonly string[];
}

/**
 * The default ladder: half of the working time reminds the owner, its end tells the superior, one working day later
 * the asisten of the field, three later the Sekda. The Wali Kota is not on it: he looks at a daily list.
 *
 * Each step is by the organisation of its own day. A post that nobody holds then, or only those who hold the owner's,
 * is passed over for the next above; who was told once is not told again. Where nobody is above, the owner is
 * reminded once more at the end.
 */
export function ladderOf(
  waiting: Waiting,
  time: WorkingTime,
  chainOn: (day: Day) => ChainOfDay,
): LadderStep[] {
  const { owner, dueAt } = waiting;
  const steps: LadderStep[] = [];
  const told = new Set<string>();
  for (const { kind, at } of momentsOf(waiting, time)) {
    const chain = chainOn(dayOf(at));
    const owners = chain.holdersOf(owner);
    const remind = () => steps.push({ kind: 'REMINDER', at, to: owner, personIds: owners });
    if (kind === 'REMINDER') {
      remind();
      continue;
    }
    const above = chain.superiorsOf(owner);
    const from = kind === 'SUPERIOR' ? 0 : above.findIndex(({ role }) => role === kind);
    const to =
      from < 0 ? undefined : above.slice(from).find((post) => hasAnother(chain.holdersOf(post), owners));
    if (to && !told.has(keyOf(to))) {
      told.add(keyOf(to));
      steps.push({ kind, at, to, personIds: chain.holdersOf(to) });
    } else if (!to && at === dueAt) remind();
  }
  return steps;
}

/** When the steps of a ladder are, in order. */
export function momentsOf(
  { askedAt, remindAt, dueAt }: Waiting,
  time: WorkingTime,
): { kind: ClockStepKind; at: Instant }[] {
  return [
    { kind: 'REMINDER', at: remindAt ?? halfwayBetween(askedAt, dueAt, time) },
    { kind: 'SUPERIOR', at: dueAt },
    { kind: 'ASISTEN', at: endOfWorkingDay(dueAt, 1, time) },
    { kind: 'SEKDA', at: endOfWorkingDay(dueAt, 3, time) },
  ];
}

function hasAnother(holders: readonly string[], owners: readonly string[]): boolean {
  return holders.some((personId) => !owners.includes(personId));
}

function keyOf({ role, opdId }: PostRef): string {
  return `${role} ${opdId}`;
}
