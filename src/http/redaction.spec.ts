import { describeError, withoutPersonalData, withoutValues } from './redaction.js';

describe('what is logged', () => {
  it('has no NIP, however it is written, and no e-mail', () => {
    const text =
      'invalid input: 198609262015051001, 19860926 201505 1 001, 19860926.201505.1.001, 19860926-201505-1-001, ' +
      'dewi@contoh.go.id, dewi%40contoh.go.id';
    expect(withoutPersonalData(text)).toBe(
      'invalid input: [number], [number], [number], [number], [e-mail], [e-mail]',
    );
  });

  it('keeps ids, times and places in the code', () => {
    const text =
      '0190b1a2-0000-7000-8000-000000000001 and 01900000-0000-7000-8000-000000000001 took 1234567890 ms' +
      ' at 2026-11-24T02:00:00.000Z (file:///app/node_modules/@nestjs/core/injector.js:471:19)';
    expect(withoutPersonalData(text)).toBe(text);
  });

  it('has an error message up to what it quotes', () => {
    expect(withoutValues('invalid input syntax for type uuid: "Dewi "Lestari" x"')).toBe(
      'invalid input syntax for type uuid: …',
    );
    expect(withoutValues('sintaks tidak valid: «Dewi»')).toBe('sintaks tidak valid: …');
    expect(withoutValues("Cannot use 'in' operator to search for 'a' in Dewi")).toBe('Cannot use …');
    expect(withoutValues('The "id" argument must be a number. Received Dewi')).toBe('The …');
    expect(withoutValues("It doesn't answer")).toBe("It doesn't answer");
  });

  it('has no parameters and no row values of a database error', () => {
    const driverError = Object.assign(
      new Error('duplicate key value violates unique constraint "persons_nip_key"'),
      {
        code: '23505',
        constraint: 'persons_nip_key',
        detail: 'Key (nip)=(198609262015051001) already exists.',
        hint: 'Dewi Lestari',
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

  it('keeps where it happened, of an error and of its causes, and ends with causes in a circle', () => {
    const error = new Error('first', { cause: new Error('second') });
    (error.cause as Error).cause = error;
    expect(describeError(error)).toMatchObject({
      type: 'Error',
      message: 'first',
      stack: expect.stringMatching(/^\s+at .*redaction\.spec/) as string,
      cause: { message: 'second', cause: { message: 'first' } },
    });
  });

  it('tells of something thrown that is no error only what kind of thing it is', () => {
    expect(describeError('Dewi Lestari')).toEqual({ type: 'string' });
  });
});
