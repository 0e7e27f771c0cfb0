import './typescript.mjs';

export default async function teardown() {
  const { stopTestPostgres } = await import('./postgres.ts');
  await stopTestPostgres(globalThis.testPostgres);
}
