import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newPassword } from '../auth/auth.module.js';

const FILE = 'demo-password';

/**
 * The one password of the demo accounts: the configured one, else the one kept from the first start, else a new one,
 * kept in a file that only this user can read.
 */
export async function demoPassword(dataDir: string, configured: string | undefined): Promise<string> {
  if (configured !== undefined) return configured;
  const path = join(dataDir, FILE);
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const password = newPassword();
  try {
    await writeFile(path, `${password}\n`, { mode: 0o600, flag: 'wx' });
    return password;
  } catch (error) {
    // Another instance was first.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return (await readFile(path, 'utf8')).trim();
  }
}
