import { hash, verify } from '@node-rs/argon2';

// OWASP's first choice for argon2id: 19 MiB, two passes. The library's own default algorithm is argon2id, and its
// promises run in libuv's pool: at most four at a time, off our thread.
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Somebody who does not exist is checked against this, so that the answer takes as long. */
const nobody = hash('nobody has this password', PARAMETERS);

export function hashPassword(password: string): Promise<string> {
  return hash(normal(password), PARAMETERS);
}

/** False without a hash, after the same work. */
export async function passwordMatches(passwordHash: string | null, password: string): Promise<boolean> {
  const matches = await verify(passwordHash ?? (await nobody), normal(password));
  return matches && passwordHash !== null;
}

/** The same letters from another keyboard are the same password. */
function normal(password: string): string {
  return password.normalize('NFC');
}
