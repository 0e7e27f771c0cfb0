import { Message } from './message.entity.js';
import { Thread } from './thread.entity.js';

export const DISCUSSION_ENTITIES = [Thread, Message];
