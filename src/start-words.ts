import type { Environment, RunMode } from './config/environment.js';
import { ACCOUNTS } from './demo/demo.module.js';

const MODES: Readonly<Record<RunMode, string>> = {
  embedded: 'PostgreSQL bawaan, satu instans / built-in PostgreSQL, one instance',
  single: 'satu instans saja: REDIS_URL tidak diisi / one instance only: REDIS_URL is not set',
  cluster: 'klaster: PostgreSQL dan Redis / cluster: PostgreSQL and Redis',
};

/** What is said when a person ends it at the terminal. */
export const GOODBYE = 'Simpul berhenti, semua tersimpan. / Simpul is stopping, everything is kept.';

/** What is said when the app serves. */
export function describeStart(
  { mode, instance, origins, host }: Environment,
  address: string,
  hasWebClient: boolean,
): string[] {
  const reached = origins[0] ?? address;
  const lines = [
    `Simpul: ${reached} (warga / citizens) · ${reached}/app (ASN, pimpinan / staff, leaders)`,
    `Mode: ${MODES[mode]} (${instance})`,
  ];
  if (origins.length === 0 && mode !== 'embedded' && ['0.0.0.0', '::'].includes(host)) {
    lines.push(
      'SIMPUL_ORIGINS belum diisi: hanya alamat server ini sendiri yang boleh menulis' +
        ' / SIMPUL_ORIGINS is not set: only pages at this server’s own addresses may make changes',
    );
  }
  if (!hasWebClient) {
    lines.push('Halaman /app belum dibangun / the pages of /app are not built yet: npm run build:web');
  }
  return lines;
}

/** Who may sign in to the demo city, and how two persons do so on one computer. */
export function describeDemo(password: string): string[] {
  const width = Math.max(...ACCOUNTS.map(({ email }) => email.length));
  return [
    `Akun contoh, kata sandi semuanya / demo accounts, one password for all: ${password}`,
    ...ACCOUNTS.map(({ email, about }) => `  ${email.padEnd(width)}  ${about}`),
    'Orang kedua memerlukan jendela penyamaran / a second person needs a private window.',
  ];
}
