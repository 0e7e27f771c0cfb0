import { defineConfig } from '@playwright/test';
import { chromium } from './test/support/chromium.js';
process.env.SIMPUL_DEMO_PASSWORD = 'rahasia-demo-1';
export default defineConfig({ testDir: './test/browser', outputDir: '/tmp/pub/pw', workers: 1, use: { baseURL: 'http://localhost:3977', locale: 'id-ID', timezoneId: 'Asia/Jakarta', viewport: {width:1366,height:768}, launchOptions: chromium(), trace: 'off' } });
