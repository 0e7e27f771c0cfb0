import { signInName } from './sign-in-name.js';

describe('signInName', () => {
  it('reads a NIP as it is printed, and keeps it a text', () => {
    expect(signInName('19860926 201505 1 001')).toEqual({ nip: '198609262015051001' });
    expect(signInName('000000000000000001')).toEqual({ nip: '000000000000000001' });
  });

  it('reads an e-mail in any case', () => {
    expect(signInName(' Dewi.Lestari@Contoh.GO.id ')).toEqual({ email: 'dewi.lestari@contoh.go.id' });
  });
});
