import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Counts of failed sign-ins, shared by all instances. The columns are those of rate-limiter-flexible. */
export class SignInAttempts1764000000003 implements MigrationInterface {
  name = 'SignInAttempts1764000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE sign_in_attempts');
  }
}

const UP = `
CREATE TABLE sign_in_attempts (
  -- SHA-256 of a login or address: neither is stored.
  key text PRIMARY KEY,
  points int NOT NULL,
  expire bigint
);
CREATE INDEX sign_in_attempts_expiry ON sign_in_attempts (expire);
`;
