/** Lets plain Node 20 run our TypeScript: import this first, then the `.ts` file. */
import { register } from 'node:module';

register('./typescript.hooks.mjs', import.meta.url);
process.setSourceMapsEnabled(true);
