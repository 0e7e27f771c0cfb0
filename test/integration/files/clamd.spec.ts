import { Readable } from 'node:stream';
import { Clamd, ScannerProblem } from '../../../src/files/clamd.js';
import { FakeClamd, type Mood } from '../../support/fake-clamd.js';

let server: FakeClamd;
let scanner: Clamd;
beforeAll(async () => {
  server = await FakeClamd.start();
  scanner = new Clamd({ host: '127.0.0.1', port: server.port }, 2_000);
});
afterAll(() => server.stop());

const scan = (...pieces: string[]) => scanner.scan(Readable.from(pieces.map((piece) => Buffer.from(piece))));

describe('the virus scanner', () => {
  beforeEach(() => {
    server.mood = 'scanning';
  });

  it('gets every piece, and says whether they are harmless', async () => {
    expect(await scan('Notulen', ' rapat')).toEqual({ clean: true });
    expect(await scan('EIC', 'AR')).toEqual({ clean: false, signature: 'Eicar-Test-Signature' });
    expect(await scan()).toEqual({ clean: true });
    expect(await scan('x'.repeat(3_000_000))).toEqual({ clean: true });
  });

  it.each<Mood>(['hanging', 'garbage', 'endless', 'hanging-up', 'too-large'])(
    'is not believed when it is %s',
    async (mood) => {
      server.mood = mood;
      await expect(scan('Notulen')).rejects.toThrow(ScannerProblem);
    },
  );

  it('is away when nobody listens', async () => {
    const other = await FakeClamd.start();
    const { port } = other;
    await other.stop();
    await expect(new Clamd({ host: '127.0.0.1', port }).scan(Readable.from(['x']))).rejects.toThrow(
      ScannerProblem,
    );
  });

  it('hears nothing of a file that cannot be read', async () => {
    const broken = new Readable({
      read() {
        this.destroy(new Error('the disk is broken'));
      },
    });
    await expect(scanner.scan(broken)).rejects.toThrow(ScannerProblem);
  });
});
