export type { Fanout } from './fanout.js';
export { InProcessBus, InProcessFanout } from './in-process.fanout.js';
export { InProcessPresence, RedisPresence, RENEW_MS, type Presence } from './presence.js';
export { RedisFanout } from './redis.fanout.js';
export { StreamHub, type Signal, type StreamListener, type Way } from './stream-hub.js';
