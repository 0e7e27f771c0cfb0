import { LIMITS } from '#libs/contracts';
import type { CommandType, WireError } from '#libs/contracts';
import type { PendingCommand } from '../types.js';
import type { RequestOf } from '../wire/transport.js';

/** A command in a queue, and what the queue knows of its way. */
export interface Entry {
  command: PendingCommand;
  /** Written on this page; others came from the store, and another tab may be sending them as well. */
  own: boolean;
  /** How often it was sent. */
  sends: number;
  flying: boolean;
  /** Done at this number, while its event is not on show yet. */
  doneAt: number | null;
  /** No longer in the queue. */
  gone: boolean;
  /** Cancels the wait before the next sending, while there is one. */
  rest: (() => void) | null;
  attempts: number;
  internalErrors: number;
  /** The unanswered command it named as its predecessor, as it was then. */
  after: { entry: Entry; sends: number } | null;
  /** Came back as out of order: waits until the predecessor was answered or sent again. */
  early: boolean;
  /** Its owner wants an old one sent. */
  confirmed: boolean;
}

export function entryOf(command: PendingCommand, own: boolean): Entry {
  const tooLarge = command.state === 'queued' && frameBytes(command) > LIMITS.frameBytes;
  const error: WireError = { code: 'frame-too-large', details: { limit: LIMITS.frameBytes } };
  return {
    command: tooLarge ? { ...command, state: 'failed', error } : command,
    own,
    sends: 0,
    flying: false,
    doneAt: null,
    gone: false,
    rest: null,
    attempts: 0,
    internalErrors: 0,
    after: null,
    early: false,
    confirmed: false,
  };
}

/** Ends its wait before the next sending. */
export function wakeUp(entry: Entry): void {
  entry.rest?.();
  entry.rest = null;
}

/** Nothing behind it needs to wait for it. */
export function answered(entry: Entry): boolean {
  return (
    entry.gone || entry.doneAt !== null || entry.command.state === 'failed' || entry.command.state === 'old'
  );
}

/** The command as it stands now; the same object while nothing has changed. */
export function withState(entry: Entry): PendingCommand {
  const { command } = entry;
  if (command.state === 'failed' || command.state === 'old') return command;
  const state = entry.flying || entry.doneAt !== null ? 'sending' : 'queued';
  return state === command.state ? command : { ...command, state };
}

/** What is sent; `after` is the unanswered command before it. */
export function payload(command: PendingCommand, after: string | undefined): RequestOf<CommandType> {
  const { workspaceId, commandId, data, type } = command;
  const linked = type === 'message.post' && after !== undefined ? { after } : {};
  return { ...data, workspaceId, commandId, ...linked };
}

const text = new TextEncoder();
/** Packet type, acknowledgement number, and a margin. */
const FRAME_HEAD = 32;

/** What the command's frame will measure, at most. */
function frameBytes(command: PendingCommand): number {
  return FRAME_HEAD + text.encode(JSON.stringify([command.type, payload(command, command.commandId)])).length;
}
