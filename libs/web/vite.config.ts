import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { budgets } from './budgets.ts';

/** The app that `npm run dev` of the server started. */
const server = 'http://localhost:3000';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/app/',
  plugins: [react(), budgets()],
  resolve: {
    // `source` first: `#libs/*` then means the TypeScript beside us, as it does for tsc and Jest.
    conditions: ['source', 'module', 'browser', 'development|production'],
  },
  build: {
    outDir: fileURLToPath(new URL('../../dist/web', import.meta.url)),
    emptyOutDir: true,
    target: ['chrome109', 'firefox115', 'safari15.4'],
    // The font is its own cacheable file, never inlined into the stylesheet.
    assetsInlineLimit: 0,
    // What every visit needs comes in one file: one request before the first screen's own.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'simpul', tags: ['$initial'] }] } } },
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': server,
      '/socket.io': { target: server, ws: true },
    },
  },
});
