import { isVerdict } from '#libs/contracts';
import type {
  DecisionRequestView,
  FollowLevel,
  HandoverStep,
  HandoverView,
  NoticeGroup,
  NoticeReason,
  StreamEvent,
  Topic,
  WorkspaceEvent,
  WorkspaceEventType,
} from '#libs/contracts';

/** What the rules know about a task, as it is when they are asked. */
export interface NoticeFacts {
  /** Members whose unit has accepted, with the unit they are here for. */
  members: ReadonlyMap<string, { opdId: string; lead: boolean }>;
  /** Heads of the units that take part, acting ones included, by unit. */
  heads: ReadonlyMap<string, readonly string[]>;
  coordinatingOpdId: string;
  /** Who holds the Sekda's post; only asked for where something waits there. */
  sekda: readonly string[];
  /** Who has written in a thread, or opened it. */
  writers(threadId: string): Iterable<string>;
  /** Who wrote a message; undefined when it is not known any more. */
  authorOf(messageId: string): string | undefined;
}

type Event<T extends WorkspaceEventType> = StreamEvent<T>;

/** Who is told of an event, why, and where it is put. */
interface Rule<T extends WorkspaceEventType> {
  reason: NoticeReason;
  group: NoticeGroup;
  /** Who follows the task less than this is not told. QUIET: everybody is. */
  level: FollowLevel;
  topic(event: Event<T>): Topic;
  who(event: Event<T>, facts: NoticeFacts): Iterable<string>;
}

const everyMember = (_: unknown, facts: NoticeFacts): Iterable<string> => facts.members.keys();
const lead = (facts: NoticeFacts): string[] =>
  [...facts.members].filter(([, member]) => member.lead).map(([personId]) => personId);
const headsOf = (opdId: string, facts: NoticeFacts): readonly string[] => facts.heads.get(opdId) ?? [];
const membersOf = (opdId: string, facts: NoticeFacts): string[] =>
  [...facts.members].filter(([, member]) => member.opdId === opdId).map(([personId]) => personId);

const decisionTopic = ({ data }: { data: { decision: DecisionRequestView } }): Topic =>
  `decision:${data.decision.id}`;

const peopleOf = (opdId: string, facts: NoticeFacts): string[] => [
  ...membersOf(opdId, facts),
  ...headsOf(opdId, facts),
];
const handoverTopic = ({ data }: { data: { handover: HandoverView } }): Topic =>
  `handover:${data.handover.id}`;
/** Steps that those hear of who have had the piece, and the lead. */
const NEWS: ReadonlySet<HandoverStep> = new Set(['ACCEPTED', 'DIRECTED', 'DONE']);
/** Accepting is an answer already, and what is done waits for nobody. */
const holdersOf = ({ status, holder, last }: HandoverView, facts: NoticeFacts): readonly string[] => {
  if (status === 'WITH_SEKDA') return facts.sekda;
  return last.step === 'ACCEPTED' || last.step === 'DONE' ? [] : peopleOf(holder.id, facts);
};
/** Whom the last step of the clock told: those it waits for, or those above them. */
const toldNow = ({ clock }: DecisionRequestView, reminded: boolean): string[] => {
  const last = clock?.told.at(-1);
  return last && (last.kind === 'REMINDER') === reminded ? last.persons.map(({ id }) => id) : [];
};

const writersOf = (threadId: string, facts: NoticeFacts): string[] =>
  [...facts.writers(threadId)].filter((personId) => facts.members.has(personId));

/**
 * Who is told what, and why: the one place. Every channel reads its decisions from here. Nobody is told of what they
 * did themselves; of several rules that reach the same person about the same topic the weightiest reason is shown.
 */
export const NOTICE_RULES: { [T in WorkspaceEventType]: readonly Rule<T>[] } = {
  'task.created': [
    {
      reason: 'DRAFT_WAITING',
      group: 'ACTION',
      level: 'QUIET',
      topic: () => 'task',
      who: (_, facts) => headsOf(facts.coordinatingOpdId, facts),
    },
  ],
  'task.updated': [],
  'task.status-changed': [
    {
      reason: 'STATUS_CHANGED',
      group: 'INFO',
      level: 'IMPORTANT',
      topic: () => 'task',
      who: ({ data: { change } }, facts) =>
        // A draft is its makers' affair; from the proposal on the heads hear of it as well.
        change.to === 'DRAFT' || change.from === null
          ? []
          : [...facts.members.keys(), ...[...facts.heads.values()].flat()],
    },
  ],
  'opd.acceptance-changed': [
    {
      reason: 'ACCEPTANCE_WAITING',
      group: 'ACTION',
      level: 'QUIET',
      topic: ({ data: { opd } }) => `opd:${opd.opd.id}`,
      who: ({ data: { opd } }, facts) => (opd.acceptance === 'PENDING' ? headsOf(opd.opd.id, facts) : []),
    },
    {
      reason: 'ACCEPTANCE_ANSWERED',
      group: 'INFO',
      level: 'IMPORTANT',
      topic: ({ data: { opd } }) => `opd:${opd.opd.id}`,
      who: ({ data: { opd } }, facts) =>
        opd.acceptance === 'ACCEPTED' || opd.acceptance === 'DECLINED'
          ? [...lead(facts), ...headsOf(facts.coordinatingOpdId, facts)]
          : [],
    },
  ],
  'member.added': [
    {
      reason: 'ASSIGNED',
      group: 'ACTION',
      level: 'QUIET',
      topic: () => 'task',
      who: ({ data: { member } }) => [member.person.id],
    },
  ],
  'member.removed': [],
  'milestone.added': [],
  'milestone.changed': [
    {
      reason: 'MILESTONE_RETURNED',
      group: 'ACTION',
      level: 'QUIET',
      topic: ({ data: { milestone } }) => `milestone:${milestone.id}`,
      who: ({ data: { milestone, from } }, facts) =>
        milestone.status !== from && (milestone.status === 'RETURNED' || milestone.status === 'REOPENED')
          ? membersOf(milestone.opd.id, facts)
          : [],
    },
    {
      reason: 'MILESTONE_DONE',
      group: 'INFO',
      level: 'ALL',
      topic: ({ data: { milestone } }) => `milestone:${milestone.id}`,
      who: ({ data: { milestone, from } }, facts) =>
        milestone.status !== from && milestone.status === 'DONE' ? facts.members.keys() : [],
    },
  ],
  'summary.written': [],
  'milestone.planned': [],
  'milestones.ordered': [],
  'thread.opened': [
    {
      reason: 'THREAD_OPENED',
      group: 'INFO',
      level: 'ALL',
      topic: ({ data: { thread } }) => `thread:${thread.id}`,
      who: everyMember,
    },
  ],
  'thread.resolved': [
    {
      reason: 'THREAD_RESOLVED',
      group: 'INFO',
      level: 'IMPORTANT',
      topic: ({ data: { threadId } }) => `thread:${threadId}`,
      // Quiet for bystanders.
      who: ({ data: { threadId } }, facts) => writersOf(threadId, facts),
    },
  ],
  'thread.reopened': [],
  'message.posted': [
    {
      reason: 'MENTIONED',
      group: 'ACTION',
      level: 'QUIET',
      topic: ({ data: { message } }) => `thread:${message.threadId}`,
      who: ({ data: { message } }, facts) =>
        message.mentions.flatMap((mention) => {
          if (mention.kind === 'TEAM') return [...facts.members.keys()];
          if (mention.kind === 'OPD') return [...membersOf(mention.id, facts), ...headsOf(mention.id, facts)];
          const isHead = [...facts.heads.values()].some((heads) => heads.includes(mention.id));
          return facts.members.has(mention.id) || isHead ? [mention.id] : [];
        }),
    },
    {
      reason: 'REPLIED',
      group: 'INFO',
      level: 'IMPORTANT',
      topic: ({ data: { message } }) => `thread:${message.threadId}`,
      who: ({ data: { message } }, facts) => {
        const author = message.replyTo === null ? undefined : facts.authorOf(message.replyTo);
        return author !== undefined && facts.members.has(author) ? [author] : [];
      },
    },
    {
      reason: 'MESSAGES',
      group: 'INFO',
      level: 'IMPORTANT',
      topic: ({ data: { message } }) => `thread:${message.threadId}`,
      who: ({ data: { message } }, facts) => writersOf(message.threadId, facts),
    },
    {
      reason: 'MESSAGES',
      group: 'INFO',
      level: 'ALL',
      topic: ({ data: { message } }) => `thread:${message.threadId}`,
      who: everyMember,
    },
  ],
  'file.added': [
    {
      reason: 'FILE_ADDED',
      group: 'INFO',
      level: 'ALL',
      topic: () => 'files',
      who: everyMember,
    },
  ],
  'file.removed': [],
  'message.edited': [],
  'message.deleted': [],
  'message.reacted': [],
  'message.pinned': [],
  'decision.requested': [
    {
      reason: 'DECISION_WAITING',
      group: 'ACTION',
      level: 'QUIET',
      topic: decisionTopic,
      who: ({ data: { decision } }) => (decision.status === 'PENDING' ? [decision.decider.id] : []),
    },
  ],
  // It can still be undone; only what an import says holds at once.
  'decision.made': [
    {
      reason: 'DECISION_MADE',
      group: 'INFO',
      level: 'QUIET',
      topic: decisionTopic,
      who: ({ data: { decision } }) => (decision.effective ? [decision.requestedBy.id] : []),
    },
    {
      reason: 'DECISION_MADE',
      group: 'INFO',
      level: 'IMPORTANT',
      topic: decisionTopic,
      who: ({ data: { decision } }, facts) => (decision.effective ? facts.members.keys() : []),
    },
  ],
  'decision.undone': [],
  'decision.effective': [
    {
      reason: 'DECISION_WAITING',
      group: 'ACTION',
      level: 'QUIET',
      topic: decisionTopic,
      who: ({ data: { decision } }) => (decision.status === 'FORWARDED' ? [decision.decider.id] : []),
    },
    {
      reason: 'CLARIFICATION_WAITING',
      group: 'ACTION',
      level: 'QUIET',
      topic: decisionTopic,
      who: ({ data: { decision } }) =>
        decision.status === 'CLARIFICATION_REQUESTED' ? [decision.requestedBy.id] : [],
    },
    {
      reason: 'DECISION_MADE',
      group: 'INFO',
      level: 'QUIET',
      topic: decisionTopic,
      who: ({ data: { decision } }) => (isVerdict(decision.status) ? [decision.requestedBy.id] : []),
    },
    {
      reason: 'DECISION_MADE',
      group: 'INFO',
      level: 'IMPORTANT',
      topic: decisionTopic,
      who: ({ data: { decision } }, facts) => (isVerdict(decision.status) ? facts.members.keys() : []),
    },
  ],
  'decision.clarified': [
    {
      reason: 'DECISION_WAITING',
      group: 'ACTION',
      level: 'QUIET',
      topic: decisionTopic,
      who: ({ data: { decision } }) => [decision.decider.id],
    },
  ],
  'decision.withdrawn': [],
  'handover.moved': [
    {
      reason: 'HANDOVER_WAITING',
      group: 'ACTION',
      level: 'QUIET',
      topic: handoverTopic,
      who: ({ data: { handover } }, facts) => holdersOf(handover, facts),
    },
    {
      reason: 'HANDOVER_MOVED',
      group: 'INFO',
      level: 'IMPORTANT',
      topic: handoverTopic,
      who: ({ data: { handover } }, facts) => {
        const { status, last, giver, receiver } = handover;
        const isNews = status === 'WITH_SEKDA' || NEWS.has(last.step);
        return isNews ? [...peopleOf(giver.id, facts), ...peopleOf(receiver.id, facts), ...lead(facts)] : [];
      },
    },
  ],
  'decision.reminded': [
    {
      reason: 'DECISION_OVERDUE',
      group: 'ACTION',
      level: 'QUIET',
      topic: decisionTopic,
      who: ({ data: { decision } }) => toldNow(decision, false),
    },
    {
      reason: 'DECISION_REMINDED',
      group: 'ACTION',
      level: 'QUIET',
      topic: decisionTopic,
      who: ({ data: { decision } }) => toldNow(decision, true),
    },
  ],
  'decision.extended': [
    {
      reason: 'DECISION_EXTENDED',
      group: 'INFO',
      level: 'QUIET',
      topic: decisionTopic,
      who: ({ data: { decision } }) => [decision.requestedBy.id],
    },
  ],
  'public-update.drafted': [],
  'public-update.reviewed': [
    {
      reason: 'PUBLIC_UPDATE_REVIEWED',
      group: 'INFO',
      level: 'QUIET',
      topic: ({ data: { update } }) => `public-update:${update.id}`,
      who: ({ data: { update } }) => [update.draftedBy.id],
    },
  ],
  withheld: [],
};

/** A row that is done by an event: of one person, or (null) of everybody it waited for. */
export interface Settled {
  personId: string | null;
  topic: Topic;
  reasons: readonly NoticeReason[];
}

const answered = (event: { data: { decision: DecisionRequestView } }): Settled => ({
  personId: null,
  topic: decisionTopic(event),
  reasons: ['DECISION_OVERDUE', 'DECISION_REMINDED', 'DECISION_WAITING', 'CLARIFICATION_WAITING'],
});

const TALK: readonly NoticeReason[] = [
  'MENTIONED',
  'REPLIED',
  'MESSAGES',
  'THREAD_OPENED',
  'THREAD_RESOLVED',
];

/** What nobody has to put away by hand: the answer was given, the question is answered. */
export const SETTLED_BY: {
  [T in WorkspaceEventType]?: (event: Event<T>) => Settled[];
} = {
  // Who writes in a thread has seen it.
  'message.posted': ({ actor, data: { message } }) => [
    { personId: actor.id, topic: `thread:${message.threadId}`, reasons: TALK },
  ],
  'task.status-changed': ({ data: { change } }) =>
    change.from === 'DRAFT' ? [{ personId: null, topic: 'task', reasons: ['DRAFT_WAITING'] }] : [],
  'decision.made': (event) => (event.data.decision.effective ? [answered(event)] : []),
  'decision.effective': (event) => [answered(event)],
  'decision.clarified': (event) => [answered(event)],
  'decision.withdrawn': (event) => [answered(event)],
  // Whoever it waits for next is told by the same event.
  'handover.moved': (event) => [
    { personId: null, topic: handoverTopic(event), reasons: ['HANDOVER_WAITING'] },
  ],
  'decision.extended': (event) => [
    { personId: null, topic: decisionTopic(event), reasons: ['DECISION_OVERDUE'] },
  ],
  'opd.acceptance-changed': ({ data: { opd } }) =>
    opd.acceptance === 'PENDING'
      ? []
      : [{ personId: null, topic: `opd:${opd.opd.id}`, reasons: ['ACCEPTANCE_WAITING'] }],
  'milestone.changed': ({ data: { milestone } }) =>
    milestone.status === 'DONE' || milestone.status === 'VERIFIED' || milestone.status === 'STOPPED'
      ? [{ personId: null, topic: `milestone:${milestone.id}`, reasons: ['MILESTONE_RETURNED'] }]
      : [],
};

/** What one person is told of one event. */
export interface Notice {
  personId: string;
  topic: Topic;
  reason: NoticeReason;
  group: NoticeGroup;
}

const WEIGHT: Readonly<Record<FollowLevel, number>> = { ALL: 2, IMPORTANT: 1, QUIET: 0 };

/** Applies the rules to an event. `levelOf`: how much of the task a person wants to hear. */
export function noticesOf(
  event: WorkspaceEvent,
  facts: NoticeFacts,
  levelOf: (personId: string) => FollowLevel,
): Notice[] {
  const told = new Map<string, Notice>();
  for (const { who, level, topic, reason, group } of rulesOf(event.type)) {
    for (const personId of who(event, facts)) {
      if (personId === event.actor.id || WEIGHT[levelOf(personId)] < WEIGHT[level]) continue;
      const notice = { personId, topic: topic(event), reason, group };
      const key = `${personId} ${notice.topic}`;
      // Rules stand in order of weight: the first that reaches a person is the one that counts.
      if (!told.has(key)) told.set(key, notice);
    }
  }
  return [...told.values()];
}

export function settledBy(event: WorkspaceEvent): Settled[] {
  // The compiler does not see that the entry is the one of this event's own type.
  const settle = SETTLED_BY[event.type] as ((event: WorkspaceEvent) => Settled[]) | undefined;
  return settle?.(event) ?? [];
}

// A type that this build does not know reaches nobody's inbox; it stands in the history.
function rulesOf(type: WorkspaceEventType): readonly Rule<WorkspaceEventType>[] {
  return Object.hasOwn(NOTICE_RULES, type) ? NOTICE_RULES[type] : [];
}
