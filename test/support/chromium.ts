import { programPath } from './programs.js';

/** Debian's Chromium, which also runs as root and without a network. */
export const chromium = () => ({
  executablePath: programPath('chromium-headless-shell'),
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
