import './typescript.mjs';

export default async function setup() {
  const { startTestPostgres } = await import('./postgres.ts');
  globalThis.testPostgres = await startTestPostgres();
}
