/** The app for the browser tests: embedded, with the demo city, in a folder that goes when it stops. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '../support/typescript.mjs';

const { App } = await import('../support/app.ts');

const dataDir = await mkdtemp(join(tmpdir(), 'simpul-browser-'));
await chmod(dataDir, 0o755);
const { PORT, SIMPUL_DEMO_PASSWORD } = process.env;
const app = await App.launch({
  port: Number(PORT),
  env: { SIMPUL_DATA_DIR: dataDir, SIMPUL_DEMO: '1', SIMPUL_DEMO_PASSWORD },
});

let stopping;
const stop = () => {
  stopping ??= app
    .stop()
    .then(() => rm(dataDir, { recursive: true, force: true }))
    .then(() => process.exit(0));
};
process.on('SIGTERM', stop).on('SIGINT', stop);

const { code } = await app.exited;
if (!stopping) {
  console.error(app.logs);
  await rm(dataDir, { recursive: true, force: true });
  process.exit(code ?? 1);
}
