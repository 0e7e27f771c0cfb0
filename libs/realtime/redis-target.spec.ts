import { parseRedisUrl } from './redis-target.js';

const PLAIN = { login: {}, tls: false, group: '', database: 0 };

describe('REDIS_URL', () => {
  it.each([
    ['redis://redis', { ...PLAIN, form: 'single', nodes: [{ host: 'redis', port: 6379 }] }],
    [
      'redis://127.0.0.1:7000/3',
      { ...PLAIN, form: 'single', nodes: [{ host: '127.0.0.1', port: 7000 }], database: 3 },
    ],
    ['rediss://[::1]:7000', { ...PLAIN, form: 'single', nodes: [{ host: '::1', port: 7000 }], tls: true }],
    [
      'redis://app:p%2Fw:@x@redis:1',
      {
        ...PLAIN,
        form: 'single',
        nodes: [{ host: 'redis', port: 1 }],
        login: { username: 'app', password: 'p/w:@x' },
      },
    ],
    [
      'redis+sentinel://:pw@s1,s2:5000/mymaster/2',
      {
        ...PLAIN,
        form: 'sentinel',
        nodes: [
          { host: 's1', port: 26379 },
          { host: 's2', port: 5000 },
        ],
        login: { password: 'pw' },
        group: 'mymaster',
        database: 2,
      },
    ],
    [
      'rediss+cluster://r1:7001,r2',
      {
        ...PLAIN,
        form: 'cluster',
        nodes: [
          { host: 'r1', port: 7001 },
          { host: 'r2', port: 6379 },
        ],
        tls: true,
      },
    ],
  ])('reads %s', (url, target) => {
    expect(parseRedisUrl(url)).toEqual(target);
  });

  it.each([
    '6379',
    'http://redis:6379',
    'redis://',
    'redis://a,b',
    'redis://redis:70000',
    'redis://redis:0',
    'redis://redis/x',
    'redis://redis/1/2',
    'redis://:%zz@redis',
    'redis://redis?tls=1',
    'redis+sentinel://s1,s2',
    'redis+sentinel://s1,,s2/mymaster',
    'redis+cluster://r1/1',
    'redis+other://r1',
  ])('refuses %s', (url) => {
    expect(parseRedisUrl(url)).toBeUndefined();
  });
});
