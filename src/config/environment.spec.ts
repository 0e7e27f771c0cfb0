import { Environment, EnvironmentProblem } from './environment.js';

const CLUSTER = {
  DATABASE_URL: 'postgresql://simpul:secret@db:5432/simpul',
  REDIS_URL: 'redis://redis:6379',
};

function problemsOf(variables: Record<string, string>): string[] {
  try {
    Environment.read(variables);
  } catch (error) {
    if (error instanceof EnvironmentProblem) return error.problems;
    throw error;
  }
  return [];
}

describe('Environment', () => {
  it('needs nothing: then it is embedded, on this computer only, with the demo city', () => {
    expect(Environment.read({})).toMatchObject({
      mode: 'embedded',
      port: 3_000,
      host: '127.0.0.1',
      demo: true,
      origins: [],
      secureCookie: false,
      trustProxy: 0,
      sessionHours: 12,
      polling: false,
      logLevel: 'warn',
      poolSize: 8,
    });
  });

  it('takes empty variables as not set', () => {
    expect(Environment.read({ PORT: '', DATABASE_URL: ' ', REDIS_URL: '' }).mode).toBe('embedded');
  });

  it('is a cluster with both URLs, open to the network and without the demo', () => {
    expect(Environment.read(CLUSTER)).toMatchObject({
      mode: 'cluster',
      host: '0.0.0.0',
      demo: false,
      logLevel: 'info',
    });
  });

  it('is a single instance with DATABASE_URL alone', () => {
    expect(Environment.read({ DATABASE_URL: CLUSTER.DATABASE_URL }).mode).toBe('single');
  });

  it('refuses REDIS_URL alone', () => {
    expect(problemsOf({ REDIS_URL: CLUSTER.REDIS_URL })).toEqual([
      expect.stringContaining('needs DATABASE_URL'),
    ]);
  });

  it.each([
    'localhost:5432/simpul',
    'mysql://db/simpul',
    'postgresql://',
    'postgresql://db',
    'postgresql://u:p@db:port/x',
  ])('refuses the DATABASE_URL %s', (url) => {
    expect(problemsOf({ DATABASE_URL: url })).toEqual([expect.stringMatching(/^DATABASE_URL: /)]);
  });

  it('accepts a PostgreSQL behind a socket folder', () => {
    expect(problemsOf({ DATABASE_URL: 'postgresql:///simpul?host=/run/postgresql' })).toEqual([]);
  });

  it.each(['rediss://:pw@redis', 'redis+sentinel://s1,s2/mymaster', 'redis+cluster://r1:7001,r2:7002'])(
    'accepts the REDIS_URL %s',
    (url) => {
      expect(problemsOf({ ...CLUSTER, REDIS_URL: url })).toEqual([]);
    },
  );

  it.each(['6379', 'http://redis:6379', 'redis://', 'redis+sentinel://s1,s2', 'redis+cluster://r1/2'])(
    'refuses the REDIS_URL %s',
    (url) => {
      expect(problemsOf({ ...CLUSTER, REDIS_URL: url })).toEqual([expect.stringMatching(/^REDIS_URL: /)]);
    },
  );

  it('names every problem at once, and no secret', () => {
    const problems = problemsOf({
      PORT: '70000',
      HOST: 'a b',
      DATABASE_URL: 'mysql://root:hunter2@db/x',
      REDIS_URL: 'nonsense',
      SIMPUL_DEMO: 'yes',
      SIMPUL_DEMO_PASSWORD: 'short',
      SIMPUL_ORIGINS: 'https://a.example/path',
      SIMPUL_SECURE_COOKIE: 'true',
      SIMPUL_TRUST_PROXY: 'everyone',
      SIMPUL_INSTANCE: 'a b',
      SIMPUL_SESSION_HOURS: '0',
      SIMPUL_POLLING: '2',
      LOG_LEVEL: 'loud',
      SIMPUL_POOL_SIZE: '1.5',
      SIMPUL_METRICS_PORT: 'yes',
      SIMPUL_METRICS_HOST: 'a b',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://me:hunter2@collector:4318',
      OTEL_TRACES_SAMPLER_ARG: '1.5',
      OTEL_SERVICE_NAME: 'a b',
      SIMPUL_S3_URL: 'https://key:hunter2@store/a/b',
      SIMPUL_FILES_MAX_MB: '0',
      SIMPUL_FILES_QUOTA_MB: 'much',
      SIMPUL_FILES_ORIGIN: 'https://a.example/files',
      SIMPUL_CLAMD: 'clamd',
    });
    expect(problems.map((problem) => problem.split(':')[0])).toEqual([
      'PORT',
      'HOST',
      'DATABASE_URL',
      'REDIS_URL',
      'SIMPUL_DEMO',
      'SIMPUL_DEMO_PASSWORD',
      'SIMPUL_ORIGINS',
      'SIMPUL_SECURE_COOKIE',
      'SIMPUL_TRUST_PROXY',
      'SIMPUL_INSTANCE',
      'SIMPUL_SESSION_HOURS',
      'SIMPUL_POLLING',
      'LOG_LEVEL',
      'SIMPUL_POOL_SIZE',
      'SIMPUL_METRICS_PORT',
      'SIMPUL_METRICS_HOST',
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      'OTEL_TRACES_SAMPLER_ARG',
      'OTEL_SERVICE_NAME',
      'SIMPUL_S3_URL',
      'SIMPUL_FILES_MAX_MB',
      'SIMPUL_FILES_QUOTA_MB',
      'SIMPUL_FILES_ORIGIN',
      'SIMPUL_CLAMD',
    ]);
    expect(problems.join()).not.toMatch(/hunter2|short/);
  });

  it('keeps origins in their normal form, and the cookie Secure when all of them are HTTPS', () => {
    const environment = Environment.read({
      SIMPUL_ORIGINS: 'https://Simpul.example:443/, https://b.example',
    });
    expect(environment.origins).toEqual(['https://simpul.example', 'https://b.example']);
    expect(environment.secureCookie).toBe(true);
  });

  it('reads how many proxies to trust, or which', () => {
    expect(Environment.read({ SIMPUL_TRUST_PROXY: '1' }).trustProxy).toBe(1);
    expect(Environment.read({ SIMPUL_TRUST_PROXY: 'loopback, 10.0.0.0/8' }).trustProxy).toEqual([
      'loopback',
      '10.0.0.0/8',
    ]);
  });

  it('serves figures only when asked, to this computer, and never at the port of the app', () => {
    expect(Environment.read({}).metricsPort).toBeUndefined();
    expect(Environment.read({ SIMPUL_METRICS_PORT: '9464' })).toMatchObject({
      metricsPort: 9_464,
      metricsHost: '127.0.0.1',
    });
    expect(problemsOf({ PORT: '9464', SIMPUL_METRICS_PORT: '9464' })).toEqual([
      expect.stringContaining('must differ from PORT'),
    ]);
  });

  it('makes traces only with an endpoint: then of everything, or of the share that is wished', () => {
    expect(Environment.read({})).toMatchObject({ tracesEndpoint: undefined, serviceName: 'simpul' });
    const OTEL_EXPORTER_OTLP_ENDPOINT = 'http://collector:4318';
    expect(Environment.read({ OTEL_EXPORTER_OTLP_ENDPOINT })).toMatchObject({ tracesShare: 1 });
    for (const [text, tracesShare] of [
      ['0', 0],
      ['0.01', 0.01],
      ['.5', 0.5],
      ['1.0', 1],
    ] as const) {
      expect(Environment.read({ OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_TRACES_SAMPLER_ARG: text })).toMatchObject({
        tracesShare,
      });
    }
  });

  it.each(['collector:4318', 'grpc://collector:4317', 'http://collector:4318?key=1'])(
    'refuses the collector %s',
    (url) => {
      expect(problemsOf({ OTEL_EXPORTER_OTLP_ENDPOINT: url })).toEqual([
        expect.stringMatching(/^OTEL_EXPORTER_OTLP_ENDPOINT: /),
      ]);
    },
  );

  it('takes files up to 25 MB, without a scanner, unless told otherwise', () => {
    expect(Environment.read({})).toMatchObject({ fileMb: 25, filesQuotaMb: 2_000 });
    expect(Environment.read({}).clamd).toBeUndefined();
    expect(Environment.read({ SIMPUL_CLAMD: 'clamav:3310' }).clamd).toEqual({ host: 'clamav', port: 3_310 });
    expect(Environment.read({ SIMPUL_CLAMD: '[::1]:3310' }).clamd).toEqual({ host: '::1', port: 3_310 });
    expect(problemsOf({ SIMPUL_CLAMD: 'clamav:99999' })).toEqual([expect.stringMatching(/^SIMPUL_CLAMD: /)]);
    expect(Environment.read({ SIMPUL_FILES_ORIGIN: 'https://Berkas.example:443/' }).filesOrigin).toBe(
      'https://berkas.example',
    );
  });

  it('gives each start its own instance name', () => {
    expect(Environment.read({}).instance).not.toBe(Environment.read({}).instance);
    expect(Environment.read({ SIMPUL_INSTANCE: 'app-1' }).instance).toBe('app-1');
  });
});
