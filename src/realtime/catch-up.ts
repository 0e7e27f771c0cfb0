import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  LIMITS,
  meaningOf,
  withoutHandoverWords,
  withoutSummaryWords,
  withoutWords,
  type Cursor,
  type StreamEvent,
  type WorkspaceEvent,
  type WorkspaceState,
} from '#libs/contracts';
import { readConsistently, readEvents } from '#libs/database';
import { AccessService, type StreamAccess } from '../access/access.service.js';
import { WorkspaceReader } from '../tasks/workspace-reader.service.js';

/** What a returning or new member gets: both from one frozen view, with the rights of that same moment. */
export type CatchUp = { access: StreamAccess; epoch: string; head: number } & (
  | { events: WorkspaceEvent[]; state?: undefined }
  | { state: WorkspaceState; events?: undefined }
);

@Injectable()
export class CatchUpReader {
  constructor(
    private readonly source: DataSource,
    private readonly access: AccessService,
    private readonly reader: WorkspaceReader,
  ) {}

  /**
   * Events after the cursor when it belongs to this history and is not too far behind, else the whole state.
   * Costs what was missed, not what exists.
   * @throws AppError `not-found` when the person may not see the workspace
   */
  async read(personId: string, workspaceId: string, since: Cursor | undefined): Promise<CatchUp> {
    const missed = since && (await this.missed(personId, workspaceId, since));
    if (missed) return missed;
    return readConsistently(this.source, async (tx): Promise<CatchUp> => {
      const { access, epoch, seq } = await this.access.standing(personId, workspaceId, tx);
      return { access, epoch, head: seq, state: await this.reader.state(tx, workspaceId, access) };
    });
  }

  /** Rights and head are of one moment, and up to that head nothing is added any more: no transaction needed. */
  private async missed(personId: string, workspaceId: string, since: Cursor): Promise<CatchUp | null> {
    const { access, epoch, seq } = await this.access.standing(personId, workspaceId);
    const behind = since.epoch === epoch ? seq - since.seq : -1;
    if (behind < 0 || behind > LIMITS.catchUpEvents) return null;
    const events =
      behind === 0
        ? []
        : await readEvents(this.source.manager, workspaceId, since.seq, seq, LIMITS.catchUpEvents);
    return { access, epoch, head: seq, events: visible(events, access) };
  }
}

/** The same events with what this receiver may not read taken out; numbers stay. */
export function visible(
  events: readonly StreamEvent[],
  { readMessages, readDecisions }: Pick<StreamAccess, 'readMessages' | 'readDecisions'>,
): WorkspaceEvent[] {
  const all = events as readonly WorkspaceEvent[];
  if (readMessages) return [...all];
  return all.map((event) => (readDecisions ? withhold(event) : silence(withhold(event))));
}

function silence(event: WorkspaceEvent): WorkspaceEvent {
  switch (event.type) {
    case 'decision.requested':
    case 'decision.made':
    case 'decision.undone':
    case 'decision.clarified':
    case 'decision.withdrawn':
    case 'decision.reminded':
      return { ...event, data: { decision: withoutWords(event.data.decision) } };
    case 'decision.extended':
      return {
        ...event,
        data: { ...event.data, decision: withoutWords(event.data.decision), reason: '' },
      };
    case 'decision.effective': {
      const { decision, superseded } = event.data;
      return {
        ...event,
        data: { decision: withoutWords(decision), superseded: superseded && withoutWords(superseded) },
      };
    }
    case 'handover.moved':
      return { ...event, data: { handover: withoutHandoverWords(event.data.handover) } };
    case 'summary.written':
      return { ...event, data: { summary: withoutSummaryWords(event.data.summary) } };
    default:
      return event;
  }
}

const NOBODY = { id: '', name: '', opd: '' };

function withhold(event: WorkspaceEvent): WorkspaceEvent {
  // What is not known to be without words is not shown: a newer instance may write types that this one has not heard of.
  if (meaningOf(event.type)?.words === false) return event;
  return { ...event, type: 'withheld', actor: NOBODY, commandId: '', data: {} };
}
