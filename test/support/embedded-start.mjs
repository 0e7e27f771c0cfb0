/** A start of the built-in database in a process of its own, for tests to kill: embedded-start.mjs <folder> */
import './typescript.mjs';

const { startEmbeddedPostgres } = await import('#libs/database');

try {
  const postgres = await startEmbeddedPostgres({
    dataDir: process.argv[2],
    address: 'http://localhost:3000',
  });
  process.on('message', () => void postgres.stop().then(() => process.disconnect()));
  process.send({ url: await postgres.ensureDatabase('simpul'), postgres: postgres.pid });
} catch (error) {
  process.send({ problem: error.message, name: error.name });
  process.disconnect();
}
