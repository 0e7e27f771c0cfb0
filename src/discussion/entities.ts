import { MessageEdit } from './message-edit.entity.js';
import { MessageReaction } from './message-reaction.entity.js';
import { Message } from './message.entity.js';
import { Thread } from './thread.entity.js';

export const DISCUSSION_ENTITIES = [Thread, Message, MessageEdit, MessageReaction];
