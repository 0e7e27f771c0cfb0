import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { migrate } from '#libs/database';
import { AuthService } from './auth/auth.service.js';
import { newPassword, signInName } from './auth/auth.module.js';
import { openDatabase } from './command-database.js';
import { Environment } from './config/environment.js';
import { ImportCommandModule } from './import-command.module.js';
import { OrganizationService } from './organization/organization.service.js';
import { startProblem } from './start-problems.js';

const USAGE = 'Pemakaian: npm run account -- NIP_ATAU_SUREL [--close]';

class CommandProblem extends Error {}

/** Gives a person a new password, printed once; who had one is signed out everywhere. `--close` ends the account. */
async function main([login, option]: string[]): Promise<void> {
  if (!login || login.startsWith('-') || (option !== undefined && option !== '--close')) {
    throw new CommandProblem(USAGE);
  }
  const database = await openDatabase(Environment.read());
  try {
    await migrate(database.environment.databaseUrl ?? '');
    const app = await NestFactory.createApplicationContext(ImportCommandModule.for(database.environment), {
      logger: ['error', 'fatal'],
      abortOnError: false,
    });
    try {
      const personId = await find(app.get(OrganizationService), login);
      const auth = app.get(AuthService);
      if (option === '--close') {
        await auth.disable(personId);
        process.stdout.write('Akun ditutup. / The account is closed.\n');
        return;
      }
      const password = newPassword();
      await auth.createAccount(personId, password);
      process.stdout.write(`Kata sandi baru / new password: ${password}\n`);
    } finally {
      await app.close();
    }
  } finally {
    await database.close();
  }
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
