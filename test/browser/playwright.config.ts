import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { chromium } from '../support/chromium.js';
import { freePort } from '../support/free-port.js';

// Every worker reads this file again and has to find the same server.
process.env.SIMPUL_BROWSER_PORT ??= String(await freePort());
/** The demo people's password, for the specs that sign in. */
process.env.SIMPUL_DEMO_PASSWORD ??= 'peramban-uji-coba';

const url = `http://localhost:${process.env.SIMPUL_BROWSER_PORT}`;

export default defineConfig({
  testDir: fileURLToPath(new URL('.', import.meta.url)),
  outputDir: fileURLToPath(new URL('../../test-results', import.meta.url)),
  timeout: 60_000,
  workers: 1,
  retries: 0,
  forbidOnly: true,
  use: {
    baseURL: url,
    locale: 'id-ID',
    timezoneId: 'Asia/Jakarta',
    viewport: { width: 1366, height: 768 },
    launchOptions: chromium(),
    trace: 'retain-on-failure',
  },
  webServer: {
    command: 'node test/browser/server.mjs',
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { PORT: process.env.SIMPUL_BROWSER_PORT },
    url: `${url}/health/ready`,
    timeout: 90_000,
    stdout: 'ignore',
    stderr: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 30_000 },
  },
});
