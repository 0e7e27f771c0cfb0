/**
 * The real shape by hand, until Ctrl-C: PostgreSQL, Redis, instances, HAProxy.
 *   node test/cluster.mjs [--instances 2] [--port 8080] [--leastconn] [--demo]
 */
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import './support/typescript.mjs';
import { buildWhatChanged } from '../src/build.mjs';

const { startCluster } = await import('./support/cluster.ts');
const { provide } = await import('./support/programs.ts');

const { values } = parseArgs({
  options: {
    instances: { type: 'string', default: '2' },
    port: { type: 'string' },
    leastconn: { type: 'boolean' },
    demo: { type: 'boolean' },
  },
});
const missing = provide(['redis-server', 'haproxy']);
if (missing) {
  console.error(missing);
  process.exit(1);
}
await buildWhatChanged();

const password = randomBytes(6).toString('hex');
console.log('Memulai / Starting: PostgreSQL, Redis, Simpul, HAProxy …');
const starting = startCluster({
  instances: Number(values.instances),
  port: values.port ? Number(values.port) : undefined,
  balance: values.leastconn ? 'leastconn' : 'roundrobin',
  env: values.demo ? { SIMPUL_DEMO: '1', SIMPUL_DEMO_PASSWORD: password } : {},
});
// From the first moment: a start that is cut short takes its parts along.
let stopping;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    stopping ??= starting
      .then((up) => up.stop())
      .then(
        () => process.exit(0),
        () => process.exit(130),
      );
  });
}
const cluster = await starting;

console.log(`Simpul: ${cluster.url}`);
if (values.demo) console.log(`Kata sandi demo / Demo password: ${password}`);
console.log(`PostgreSQL: ${cluster.databaseUrl}`);
console.log(`Redis: ${cluster.redis.url}`);
for (const app of cluster.apps) console.log(`Instance: ${app.url} (proses/process ${app.pid})`);
console.log('Ctrl-C menghentikan / stops');
