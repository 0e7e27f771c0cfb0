import type { Request } from 'express';
import { createLogger, NestLog, routeOf } from './logging.js';

function logged(write: (log: NestLog) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  write(
    new NestLog(
      createLogger({ logLevel: 'trace', instance: 'a' }, { write: (line) => void lines.push(line) }),
    ),
  );
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe("Nest's logger", () => {
  it('keeps of an object our words, ids and the error; of others only their names', () => {
    const [line] = logged((log) =>
      log.error(
        {
          err: new Error('no'),
          msg: 'it failed',
          reference: 'a-1',
          person: 'Dewi Lestari',
          body: 'Pompa mati',
          nested: { name: 'Dewi Lestari' },
          list: ['dewi@contoh.go.id'],
        },
        'Board',
      ),
    );
    expect(line).toMatchObject({
      level: 'error',
      context: 'Board',
      msg: 'it failed',
      reference: 'a-1',
      err: { type: 'Error', message: 'no' },
      leftOut: ['body', 'nested', 'list'],
    });
    expect(JSON.stringify(line)).not.toMatch(/Dewi|dewi|Pompa/);
  });

  it.each<[string, (log: NestLog, error: Error) => void]>([
    ['an error', (log, error) => log.error(error)],
    ['its stack', (log, error) => log.error(error.stack, 'Board')],
    ['its message and its stack', (log, error) => log.error(error.message, error.stack, 'Board')],
    ['an array', (log, error) => log.warn([error.message, error])],
    ['a context that is none', (log, error) => log.log('said', error.message)],
    ['an object with errors in it', (log, error) => log.fatal({ error, cause: { error } })],
  ])('has nothing of what %s quotes', (_, write) => {
    const error = new Error('invalid input: "Dewi "Lestari""\nPompa mati\n    at Pompa (mati.ts:1:1)');
    const text = JSON.stringify(logged((log) => write(log, error)));
    expect(text).toContain('"level"');
    expect(text).not.toMatch(/Dewi|Lestari|Pompa/);
  });
});

describe('the route of a request', () => {
  it.each([
    [{ path: '/pekerjaan/:name' }, '/pekerjaan/dewi-lestari?q=1', '/pekerjaan/:name'],
    [undefined, '/app', '/app'],
    [undefined, '/app?nip=1', '/app'],
    [undefined, '/app/tugas/dewi', '/app'],
    [undefined, '/application', 'none'],
    [undefined, '/dewi-lestari', 'none'],
    [{ path: /dewi/ }, '/dewi', 'none'],
  ])('%o at %s is %s', (route, originalUrl, expected) => {
    expect(routeOf({ route, originalUrl } as Pick<Request, 'route' | 'originalUrl'>)).toBe(expected);
  });
});
