import 'reflect-metadata';
import { AuthService } from './auth/auth.service.js';
import { newPassword, signInName } from './auth/auth.module.js';
import { withServices } from './command.js';
import { OrganizationService } from './organization/organization.service.js';
import { startProblem } from './start-problems.js';

const USAGE = 'Pemakaian: npm run account -- NIP_ATAU_SUREL [--close]';

class CommandProblem extends Error {}

/** Gives a person a new password, printed once; who had one is signed out everywhere. `--close` ends the account. */
async function main([login, option]: string[]): Promise<void> {
  if (!login || login.startsWith('-') || (option !== undefined && option !== '--close')) {
    throw new CommandProblem(USAGE);
  }
  await withServices(async (services) => {
    const personId = await find(services.get(OrganizationService), login);
    const auth = services.get(AuthService);
    if (option === '--close') {
      await auth.disable(personId);
      process.stdout.write('Akun ditutup. / The account is closed.\n');
      return;
    }
    const password = newPassword();
    await auth.createAccount(personId, password);
    process.stdout.write(`Kata sandi baru / new password: ${password}\n`);
  });
}

async function find(organization: OrganizationService, login: string): Promise<string> {
  const name = signInName(login);
  const personId =
    'nip' in name
      ? (await organization.personIdsByNip([name.nip])).get(name.nip)
      : await organization.personIdByEmail(name.email);
  if (!personId) {
    throw new CommandProblem(
      'Orang ini belum ada. Impor dahulu (people atau leaders), atau periksa NIP atau surelnya.',
    );
  }
  return personId;
}

await main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof CommandProblem ? error.message : startProblem(error)}\n`);
  process.exitCode = 2;
});
