export type { Fanout, FanoutTrouble } from './fanout.js';
export { InProcessBus, InProcessFanout } from './in-process.fanout.js';
export { InProcessPresence, RedisPresence, RENEW_MS, type Presence } from './presence.js';
export { Redis } from './redis.js';
export { RedisFanout } from './redis.fanout.js';
export { parseRedisUrl } from './redis-target.js';
export { StreamHub, type Signal, type StreamListener, type Way } from './stream-hub.js';
