import { REACTIONS, type MessageView } from './discussion.js';
import type { StreamEvent } from './events.js';
import { LIMITS } from './limits.js';

/** The time in which authors may change their message, or take it back without a reason. */
export function isFresh(message: Pick<MessageView, 'postedAt'>, now: number): boolean {
  return now - Date.parse(message.postedAt) <= LIMITS.editMinutes * 60_000;
}

/** A message that was just posted. What an older instance stored knows nothing of what can happen to it since. */
export function asPosted(message: MessageView): MessageView {
  return Object.hasOwn(message, 'edits') ? message : { ...UNTOUCHED, ...message };
}

const UNTOUCHED = {
  mentions: [],
  edits: 0,
  editedAt: null,
  deleted: null,
  reactions: [],
  pinned: null,
} satisfies Partial<MessageView>;

/**
 * The messages after what happened to one of them; the same list when it happened to none. Applied twice it gives the
 * same as once, so a page may be ahead of the events that follow it.
 */
export function changeMessages(messages: MessageView[], event: StreamEvent): MessageView[] {
  switch (event.type) {
    case 'message.edited':
    case 'message.deleted': {
      const { message } = event.data;
      return replace(messages, message.id, (known) => (message.edits < known.edits ? known : message));
    }
    case 'message.reacted': {
      const { messageId, code, personId, on } = event.data;
      return replace(messages, messageId, (message) => ({
        ...message,
        reactions: react(message.reactions, code, personId, on),
      }));
    }
    case 'message.pinned': {
      const { messageId, pinned } = event.data;
      return replace(messages, messageId, (message) => ({ ...message, pinned }));
    }
    default:
      return messages;
  }
}

function replace(
  messages: MessageView[],
  id: string,
  change: (message: MessageView) => MessageView,
): MessageView[] {
  // What shows it deleted is ahead of an event about what it was before.
  const at = messages.findIndex((message) => message.id === id && message.deleted === null);
  return at < 0 ? messages : messages.map((message, i) => (i === at ? change(message) : message));
}

function react(
  reactions: MessageView['reactions'],
  code: MessageView['reactions'][number]['code'],
  personId: string,
  on: boolean,
): MessageView['reactions'] {
  return REACTIONS.flatMap((each) => {
    const known = reactions.find((reaction) => reaction.code === each);
    if (each !== code) return known ? [known] : [];
    const others = (known?.personIds ?? []).filter((id) => id !== personId);
    const personIds = on ? [...others, personId].sort() : others;
    return personIds.length > 0 ? [{ code: each, personIds }] : [];
  });
}

/** An event about the deleted message, without what it said; any other event as it is. */
export function withoutText(event: StreamEvent, gone: MessageView): StreamEvent {
  if (event.type !== 'message.posted' && event.type !== 'message.edited') return event;
  const { message } = event.data;
  if (message.id !== gone.id) return event;
  const { deleted } = gone;
  return { ...event, data: { message: { ...message, body: '', mentions: [], attachments: [], deleted } } };
}
