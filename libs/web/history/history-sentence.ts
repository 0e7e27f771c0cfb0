import { isVerdict, type Day, type TaskStatus, type WorkspaceEvent } from '#libs/contracts';
import type { WorkspaceWords } from '#libs/content';

/** What the history needs to know about the room to name things. */
export interface HistoryNames {
  status: Record<TaskStatus, string>;
  person: (id: string) => string | null;
  thread: (id: string) => string | null;
  day: (day: Day | null) => string;
}

export interface HistoryLine {
  sentence: string;
  /** The note, reason or text that came with it, in the writer's own words. */
  quote: string | null;
}

/** An event of the history as a sentence. */
export function historyLine(event: WorkspaceEvent, words: WorkspaceWords, names: HistoryNames): HistoryLine {
  const say = words.history.sentences;
  const actor = event.actor.opd === '' ? event.actor.name : `${event.actor.name} (${event.actor.opd})`;
  switch (event.type) {
    case 'task.created':
      return line(say.taskCreated(actor, event.data.task.title));
    case 'task.updated':
      return line(say.taskUpdated(actor));
    case 'task.status-changed': {
      const { from, to, note } = event.data.change;
      const sentence =
        from === null
          ? say.statusFirst(actor, names.status[to])
          : say.statusChanged(actor, names.status[from], names.status[to]);
      return line(sentence, note && words.history.noteOf(note));
    }
    case 'summary.written': {
      const { body, version } = event.data.summary;
      return line(version > 1 ? say.summaryRewritten(actor, version) : say.summaryWritten(actor), body);
    }
    case 'opd.acceptance-changed': {
      const { opd, acceptance, reason } = event.data.opd;
      const sentences = {
        NOT_REQUESTED: say.opdNotRequested(actor, opd.abbreviation),
        PENDING: say.opdAsked(opd.abbreviation),
        ACCEPTED: say.opdAccepted(actor, opd.abbreviation),
        DECLINED: say.opdDeclined(actor, opd.abbreviation),
      };
      return line(sentences[acceptance], reason && words.history.reasonOf(reason));
    }
    case 'member.added': {
      const { person, teamRole, mode } = event.data.member;
      if (teamRole === 'KETUA_TIM') return line(say.leadAdded(actor, person.name));
      return line(
        mode === 'VOLUNTEERED' ? say.memberVolunteered(person.name) : say.memberAdded(actor, person.name),
      );
    }
    case 'member.removed': {
      const { personId, reason } = event.data;
      return line(
        say.memberRemoved(actor, names.person(personId) ?? say.someone),
        reason && words.history.reasonOf(reason),
      );
    }
    case 'milestone.added':
      return line(say.milestoneAdded(actor, event.data.milestone.title));
    case 'milestone.changed': {
      const { milestone, from, note, shown } = event.data;
      const labels = words.milestone.statuses;
      const sentences: string[] = [];
      if (from !== milestone.status) {
        const [before, now] = [labels[from], labels[milestone.status]];
        sentences.push(say.milestoneChanged(actor, milestone.title, before, now));
      }
      if (shown === true) sentences.push(say.milestoneShown(actor, milestone.title));
      if (shown === false) sentences.push(say.milestoneHidden(actor, milestone.title));
      if (sentences.length === 0) sentences.push(say.milestoneNoted(actor, milestone.title));
      return line(sentences.join(' '), note && words.history.noteOf(note));
    }
    case 'milestone.planned': {
      const { milestone, was } = event.data;
      const sentences: string[] = [];
      if (was.title !== milestone.title)
        sentences.push(say.milestoneRenamed(actor, was.title, milestone.title));
      if (was.opd.id !== milestone.opd.id)
        sentences.push(say.milestoneGiven(actor, milestone.title, milestone.opd.abbreviation));
      if (was.dueDate !== milestone.dueDate)
        sentences.push(
          say.milestoneDated(actor, milestone.title, names.day(was.dueDate), names.day(milestone.dueDate)),
        );
      if (sentences.length === 0) sentences.push(say.milestonePlanned(actor, milestone.title));
      return line(sentences.join(' '));
    }
    case 'milestones.ordered':
      return line(say.milestonesOrdered(actor));
    case 'thread.opened':
      return line(say.threadOpened(actor, event.data.thread.title));
    case 'message.posted':
      return line(say.messagePosted(actor, names.thread(event.data.message.threadId)));
    case 'message.edited':
      return line(say.messageEdited(actor));
    case 'message.deleted':
      return line(say.messageDeleted(actor));
    case 'message.reacted':
      return line(say.messageReacted(actor));
    case 'message.pinned':
      return line(say.messagePinned(actor));
    case 'thread.resolved': {
      const { threadId, resolved } = event.data;
      return line(say.threadResolved(actor, names.thread(threadId)), resolved.conclusion);
    }
    case 'thread.reopened':
      return line(say.threadReopened(actor, names.thread(event.data.threadId)));
    case 'file.added': {
      const { name, version } = event.data.file;
      return line(version > 1 ? say.fileReplaced(actor, name, String(version)) : say.fileAdded(actor, name));
    }
    case 'file.removed': {
      const { name, reason } = event.data;
      return line(reason === 'INFECTED' ? say.fileInfected(name) : say.fileRemoved(actor, name));
    }
    case 'withheld':
      return line(say.withheld);
    case 'decision.requested': {
      const { title, decider } = event.data.decision;
      return line(say.decisionRequested(actor, title, decider.name));
    }
    case 'decision.made': {
      const { title, status, decision, decider, note, chosenOption } = event.data.decision;
      if (status === 'CLARIFICATION_REQUESTED') return line(say.decisionQuestioned(actor, title), note);
      if (status === 'FORWARDED') return line(say.decisionForwarded(actor, title, decider.name), note);
      const quote = decision ?? [chosenOption, note].filter(Boolean).join(' · ');
      return line(say.decisionMade(actor, title, words.decision.statuses[status]), quote);
    }
    case 'decision.undone':
      return line(say.decisionUndone(actor, event.data.decision.title));
    case 'decision.effective': {
      const { decision, superseded } = event.data;
      if (superseded) return line(say.decisionReplaced(decision.title, superseded.title));
      return line(
        isVerdict(decision.status)
          ? say.decisionEffective(decision.title, words.decision.statuses[decision.status])
          : say.decisionSettled(decision.title),
      );
    }
    case 'decision.clarified': {
      const { title, clarification } = event.data.decision;
      return line(say.decisionClarified(actor, title), clarification?.answer ?? null);
    }
    case 'decision.reminded': {
      const { title, dueDate, clock } = event.data.decision;
      const last = clock?.told.at(-1);
      const who = last?.persons.map(({ name }) => name).join(', ') ?? '';
      const tell = last?.kind === 'REMINDER' ? say.decisionReminded : say.decisionEscalated;
      return line(tell(title, who, names.day(dueDate)));
    }
    case 'decision.extended': {
      const { decision, from, reason } = event.data;
      return line(
        say.decisionExtended(actor, decision.title, names.day(from), names.day(decision.dueDate)),
        reason || null,
      );
    }
    case 'decision.withdrawn':
      return line(say.decisionWithdrawn(actor, event.data.decision.title));
    case 'handover.moved': {
      const { title, holder, status, last } = event.data.handover;
      return line(
        status === 'WITH_SEKDA'
          ? say.handoverToSekda(actor, title)
          : say.handovers[last.step](actor, title, holder.abbreviation),
        last.note,
      );
    }
    case 'public-update.drafted':
      return line(say.publicDrafted(actor), event.data.update.body);
    case 'public-update.reviewed': {
      const { status, body, reason, reviewedBy } = event.data.update;
      if (status === 'RETURNED')
        return line(say.publicReturned(actor), reason && words.history.reasonOf(reason));
      // What came by the import was published before there was a review here.
      return line(reviewedBy === null ? say.publicShown : say.publicApproved(actor), body);
    }
    default:
      return unknownLine(event, words);
  }
}

function line(sentence: string, quote: string | null = null): HistoryLine {
  return { sentence, quote: quote === '' ? null : quote };
}

// A newer server may write what this page does not know yet; the history still names who and when.
function unknownLine(event: never, words: WorkspaceWords): HistoryLine {
  return line(words.history.sentences.unknown((event as WorkspaceEvent).actor.name));
}
