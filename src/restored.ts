import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { startHistoriesAnew } from '#libs/database';
import { endAllSessions } from './auth/auth.module.js';
import { startBoardsAnew } from './board/board.module.js';
import { withServices } from './command.js';
import { startProblem } from './start-problems.js';

const USAGE = 'Pemakaian: npm run restored';
const SESSIONS_AT_ONCE = 1_000;

class CommandProblem extends Error {}

/**
 * After a restored backup and before the app starts on it: whatever somebody still has from before counts for nothing.
 * Sign-ins end first: one that was ended after the backup was made would hold again.
 */
async function main(words: string[]): Promise<void> {
  if (words.length > 0) throw new CommandProblem(USAGE);
  await withServices(async (services) => {
    const source = services.get(DataSource);
    const signIns = await endAllSessions(source, SESSIONS_AT_ONCE);
    const boards = await startBoardsAnew(source);
    const { histories, foreignEvents } = await startHistoriesAnew(source);
    process.stdout.write(
      [
        `Riwayat yang dimulai baru / histories started anew: ${histories}`,
        `Peristiwa dari server lain / events of another server: ${foreignEvents}`,
        `Papan yang dimulai baru / boards started anew: ${boards}`,
        `Login yang diakhiri / sign-ins ended: ${signIns}`,
        'Periksa: akun yang ditutup dan anggota yang keluar sesudah cadangan dibuat ada lagi.' +
          ' / Check: accounts closed and members removed after the backup are back.',
        '',
      ].join('\n'),
    );
  });
}

await main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof CommandProblem ? error.message : startProblem(error)}\n`);
  process.exitCode = 2;
});
