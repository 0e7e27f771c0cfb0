/**
 * Measures Simpul against baselines run in the same call:
 *   npm run bench -- [--only ID,…] [--quick] [--json FILE] [--profile FOLDER]
 */
import '../support/typescript.mjs';
import { buildWhatChanged } from '../../src/build.mjs';

const { provide } = await import('../support/programs.ts');
const missing = provide(['redis-server']);
if (missing) {
  console.error(missing);
  process.exit(1);
}
await buildWhatChanged();
await import('./bench.ts');
