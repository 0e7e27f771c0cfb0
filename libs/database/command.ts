import { createHash } from 'node:crypto';
import type {
  ActorView,
  EventMap,
  EventsFrame,
  EventType,
  Instant,
  StreamKind,
  WireError,
} from '#libs/contracts';

/** A wish of one person, named by the client. The same id with the same content is carried out once, for ever. */
export interface Command {
  actor: ActorView;
  commandId: string;
  /** SHA-256 of type and content. */
  digest: Buffer;
  /** The sender's earlier command that must be known first. */
  after?: string;
}

/** What every door into the history answers, the first time and each time after. */
export interface Receipt {
  commandId: string;
  streamId: string;
  seq: number;
  at: Instant;
  dup: boolean;
}

export interface NewEvent<T extends EventType = EventType> {
  streamId: string;
  type: T;
  data: EventMap[T];
}

/** What one commit wrote to one stream; published, and handed to the local hub. */
export interface CommittedFrame extends EventsFrame {
  kind: StreamKind;
  /** The commit's name among recorded ways, in W3C's form. Only for workspaces: other streams are persons'. */
  trace?: string;
}

/** Names an event for `record`; checks that type and data belong together. */
export function event<T extends EventType>(type: T, streamId: string, data: EventMap[T]): NewEvent {
  return { streamId, type, data };
}

/** Events by stream, each stream's in their order. */
export function byStream(events: readonly NewEvent[]): Map<string, NewEvent[]> {
  const groups = new Map<string, NewEvent[]>();
  for (const each of events) {
    const group = groups.get(each.streamId);
    if (group) group.push(each);
    else groups.set(each.streamId, [each]);
  }
  return groups;
}

/**
 * Names a command. `content` is all that the sender sent apart from the id; its order of keys does not matter.
 */
export function commandOf(
  actor: ActorView,
  type: string,
  wish: { commandId: string; after?: string },
): Command {
  const { commandId, after, ...content } = wish;
  const digest = createHash('sha256').update(type).update('\0').update(canonical(content)).digest();
  return after === undefined ? { actor, commandId, digest } : { actor, commandId, digest, after };
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** A `command` row as the numbering statements and the dup check read it. */
export interface KnownCommand {
  digest: Buffer;
  stream_id: string | null;
  seq: string | null;
  at: Date;
  refusal: WireError | null;
}
