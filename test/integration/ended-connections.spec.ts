import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '#libs/database';
import { freshDatabase } from '../support/postgres.js';

/** ReadyForQuery outside of a transaction: the end of PostgreSQL's greeting. */
const READY = Buffer.from('Z\0\0\0\x05I', 'latin1');
const FIELDS = 'SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0';

/** Passes everything on, except that it ends so many of the next connections in the same breath as their greeting. */
class CurtServer {
  left = 0;
  private constructor(
    private readonly server: Server,
    private readonly real: URL,
  ) {}

  static async before(url: string): Promise<CurtServer> {
    const real = new URL(url);
    const server = createServer((near) => {
      const far = connect(Number(real.port), real.hostname);
      for (const socket of [near, far]) socket.on('error', () => undefined);
      near.pipe(far);
      far.on('data', (chunk: Buffer) => {
        if (curt.left === 0 || !chunk.subarray(-READY.length).equals(READY)) return near.write(chunk);
        curt.left--;
        const length = Buffer.alloc(4);
        length.writeUInt32BE(4 + FIELDS.length);
        near.end(Buffer.concat([chunk, Buffer.from('E'), length, Buffer.from(FIELDS, 'latin1')]));
        return far.destroy();
      });
      far.on('close', () => near.end());
    });
    const curt = new CurtServer(server, real);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return curt;
  }

  get url(): string {
    const url = new URL(this.real);
    url.hostname = '127.0.0.1';
    url.port = String((this.server.address() as AddressInfo).port);
    return url.href;
  }

  async close(): Promise<void> {
    this.server.close();
    await once(this.server, 'close');
  }
}

it('outlives a connection that is ended in the same breath in which it is opened', async () => {
  const curt = await CurtServer.before(await freshDatabase());
  const source = await new DataSource(dataSourceOptions(curt.url, 4)).initialize();
  try {
    curt.left = 3;
    // One is answered by the connection that was there, three are given an ended one.
    const asked = await Promise.allSettled(
      [1, 2, 3, 4].map((n) => source.query<{ n: number }[]>('SELECT $1::int AS n, pg_sleep(0.2)', [n])),
    );
    expect(curt.left).toBe(0);
    expect(asked.filter(({ status }) => status === 'rejected')).toHaveLength(3);
    // None of them is handed out again.
    const again = await Promise.all([5, 6, 7, 8].map((n) => source.query('SELECT $1::int AS n', [n])));
    expect(again).toEqual([[{ n: 5 }], [{ n: 6 }], [{ n: 7 }], [{ n: 8 }]]);
  } finally {
    await source.destroy();
    await curt.close();
  }
});
