/** Prints a result of `npm run bench -- --json FILE` as Markdown: node test/load/table.mjs FILE */
import { readFileSync } from 'node:fs';
import '../support/typescript.mjs';

const { capacityOf, tableOf } = await Promise.all([import('./report.ts'), import('./capacity.ts')]).then(
  ([report, capacity]) => ({ ...report, ...capacity }),
);
const [file] = process.argv.slice(2);
if (!file) {
  console.error('node test/load/table.mjs FILE');
  process.exit(1);
}
const report = JSON.parse(readFileSync(file, 'utf8'));
console.log(`${tableOf(report)}\n\n${capacityOf(report)}`);
