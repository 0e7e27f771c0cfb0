import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  AppError,
  LIMITS,
  meaningOf,
  type Cursor,
  type StreamEvent,
  type WorkspaceEvent,
  type WorkspaceState,
} from '#libs/contracts';
import { readConsistently, readEvents, readHeads } from '#libs/database';
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
  read(personId: string, workspaceId: string, since: Cursor | undefined): Promise<CatchUp> {
    return readConsistently(this.source, async (tx): Promise<CatchUp> => {
      const access = await this.access.of(personId, workspaceId, tx);
      const [head] = await readHeads(tx, [workspaceId]);
      if (!head) throw new AppError('not-found', {});
      const { epoch, seq } = head;
      const behind = since && since.epoch === epoch ? seq - since.seq : -1;
      if (since && behind >= 0 && behind <= LIMITS.catchUpEvents) {
        const events = await readEvents(tx, workspaceId, since.seq, seq, LIMITS.catchUpEvents);
        return { access, epoch, head: seq, events: visible(events, access) };
      }
      return { access, epoch, head: seq, state: await this.reader.state(tx, workspaceId, access) };
    });
  }
}

/** The same events with what this receiver may not read taken out; numbers stay. */
export function visible(
  events: readonly StreamEvent[],
  access: Pick<StreamAccess, 'readMessages'>,
): WorkspaceEvent[] {
  const all = events as readonly WorkspaceEvent[];
  return access.readMessages ? [...all] : all.map(withhold);
}

const NOBODY = { id: '', name: '', opd: '' };

function withhold(event: WorkspaceEvent): WorkspaceEvent {
  // What is not known to be without words is not shown: a newer instance may write types that this one has not heard of.
  if (meaningOf(event.type)?.words === false) return event;
  return { ...event, type: 'withheld', actor: NOBODY, commandId: '', data: {} };
}
