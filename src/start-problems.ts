import { NewerDataError, StartProblem } from '#libs/database';
import { EnvironmentProblem } from './config/environment.js';

/** Why the app could not start, for the person at the terminal; a fault of ours keeps its stack. */
export function startProblem(error: unknown): string {
  if (error instanceof StartProblem || error instanceof EnvironmentProblem) return error.message;
  if (error instanceof NewerDataError) {
    return (
      'Data ditulis oleh versi Simpul yang lebih baru; pasang versi itu. Tidak ada yang diubah.' +
      ` / The data were written by a newer Simpul; install that one. Nothing was changed. (${error.unknown.join(', ')})`
    );
  }
  if (!(error instanceof Error)) return String(error);
  const { code, port, address } = error as Error & { code?: unknown; port?: unknown; address?: unknown };
  if (code === 'EADDRINUSE') {
    return `Port ${String(port)} sudah dipakai; pilih yang lain dengan PORT / Port ${String(port)} is taken; choose another with PORT`;
  }
  if (code === 'EACCES' && 'syscall' in error && error.syscall === 'listen') {
    return `Port ${String(port)} tidak boleh dipakai pengguna ini / This user may not use port ${String(port)}`;
  }
  if (code === 'EADDRNOTAVAIL') {
    return `HOST: alamat ini bukan milik komputer ini / this computer does not have the address ${String(address)}`;
  }
  return databaseProblem(error, typeof code === 'string' ? code : '') ?? error.stack ?? error.message;
}

const AWAY =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|ECONNRESET|ENOENT|57P03)$/;
const REFUSED = /^(28|3D|53)/;

// Codes only: messages name hosts, users and databases, and may end up in a log.
function databaseProblem(error: Error, code: string): string | undefined {
  if (AWAY.test(code) || /timeout|terminated/i.test(error.message)) {
    return `DATABASE_URL: PostgreSQL tidak menjawab / PostgreSQL does not answer (${code || 'timeout'})`;
  }
  if (REFUSED.test(code)) {
    return `DATABASE_URL: PostgreSQL menolak sambungan / PostgreSQL refuses the connection (${code}: ${error.message})`;
  }
  return undefined;
}
