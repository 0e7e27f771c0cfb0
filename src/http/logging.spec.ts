import { describeError, withoutPersonalData } from './logging.js';

describe('what is logged', () => {
  it('has no NIP, however it is written, and no e-mail', () => {
    const text = 'invalid input: "198609262015051001", 19860926 201505 1 001, dewi@contoh.go.id';
    expect(withoutPersonalData(text)).toBe('invalid input: "[number]", [number], [e-mail]');
  });

  it('keeps ids, times and places in the code', () => {
    const text =
      '0190b1a2-0000-7000-8000-000000000001 took 1234567890 ms at 2026-11-24T02:00:00.000Z' +
      ' (file:///app/node_modules/@nestjs/core/injector.js:471:19)';
    expect(withoutPersonalData(text)).toBe(text);
  });

  it('has no parameters and no row values of a database error', () => {
    const driverError = Object.assign(
      new Error('duplicate key value violates unique constraint "persons_nip_key"'),
      {
        code: '23505',
        constraint: 'persons_nip_key',
        detail: 'Key (nip)=(198609262015051001) already exists.',
      },
    );
    const error = Object.assign(new Error('duplicate key'), {
      driverError,
      parameters: ['Dewi Lestari'],
      query: 'INSERT',
    });
    const logged = JSON.stringify(describeError(error));
    expect(logged).toContain('persons_nip_key');
    expect(logged).not.toMatch(/1986|Dewi/);
  });
});
