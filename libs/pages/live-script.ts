import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** The pages' one script. Its address carries its hash, so that it may be kept for ever. */
export const LIVE_SCRIPT = readFileSync(new URL('./live.js', import.meta.url));

export const LIVE_SCRIPT_HASH = createHash('sha256').update(LIVE_SCRIPT).digest('hex').slice(0, 12);
export const LIVE_SCRIPT_PATH = `/langsung-${LIVE_SCRIPT_HASH}.js`;
