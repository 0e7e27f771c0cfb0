import { randomBytes } from 'node:crypto';
import {
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  Length,
  Matches,
  Max,
  Min,
  validateSync,
} from 'class-validator';
import {
  readFlag,
  readHostPort,
  readList,
  readNumber,
  readShare,
  readTrust,
  type ProxyTrust,
} from './environment.reading.js';
import {
  IsBucketUrl,
  IsCollectorUrl,
  IsDatabaseUrl,
  IsHostPort,
  IsOneOrigin,
  IsOrigin,
  IsProxyTrust,
  IsRedisUrl,
} from './environment.rules.js';

/**
 * `embedded`: our own PostgreSQL, one instance. `single`: PostgreSQL given, one instance, fan-out in process.
 * `cluster`: PostgreSQL and Redis given, any number of instances.
 */
export type RunMode = 'embedded' | 'single' | 'cluster';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
type LogLevel = (typeof LOG_LEVELS)[number];

type Variables = Readonly<Record<string, string | undefined>>;

const SHARE = says('OTEL_TRACES_SAMPLER_ARG', 'harus angka 0 sampai 1', 'must be a number from 0 to 1');

/** All that is configured from outside, checked once at the start. Nothing else reads `process.env`. */
export class Environment {
  @IsInt(whole('PORT', 0, 65_535))
  @Min(0, whole('PORT', 0, 65_535))
  @Max(65_535, whole('PORT', 0, 65_535))
  port: number;

  @Matches(/^[A-Za-z0-9.:-]{1,253}$/, says('HOST', 'harus nama atau alamat', 'must be a name or an address'))
  host: string;

  /** In embedded mode it is known when our own PostgreSQL runs: see `withDatabase`. */
  @IsOptional()
  @IsDatabaseUrl(
    says(
      'DATABASE_URL',
      'harus seperti postgresql://pengguna:sandi@server:5432/database',
      'must look like postgresql://user:password@server:5432/database',
    ),
  )
  databaseUrl?: string;

  @IsOptional()
  @IsRedisUrl(
    says(
      'REDIS_URL',
      'harus seperti',
      'must look like',
      'redis://server:6379, redis+sentinel://s1:26379,s2:26379/mymaster, redis+cluster://r1:6379,r2:6379',
    ),
  )
  redisUrl?: string;

  dataDir?: string;

  /** Whether the demo city is wanted: by default only with our own PostgreSQL. */
  @IsBoolean(flag('SIMPUL_DEMO'))
  demo: boolean;

  @IsOptional()
  @Length(8, 200, says('SIMPUL_DEMO_PASSWORD', 'harus 8 sampai 200 huruf', 'must have 8 to 200 characters'))
  demoPassword?: string;

  /** Empty: the addresses the app itself serves at. */
  @IsArray()
  @IsOrigin(
    says(
      'SIMPUL_ORIGINS',
      'harus daftar alamat seperti https://simpul.contoh.go.id, dipisah koma',
      'must be a list of addresses such as https://simpul.example.org, separated by commas',
    ),
  )
  origins: string[];

  @IsBoolean(flag('SIMPUL_SECURE_COOKIE'))
  secureCookie: boolean;

  @IsProxyTrust(
    says(
      'SIMPUL_TRUST_PROXY',
      'harus jumlah perantara (0 sampai 10) atau daftar alamatnya',
      'must be the number of proxies (0 to 10) or a list of their addresses',
    ),
  )
  trustProxy: ProxyTrust;

  @Matches(
    /^[A-Za-z0-9._-]{1,64}$/,
    says('SIMPUL_INSTANCE', 'hanya huruf, angka, titik, - dan _', 'letters, digits, dot, - and _ only'),
  )
  instance: string;

  @IsInt(whole('SIMPUL_SESSION_HOURS', 1, 168))
  @Min(1, whole('SIMPUL_SESSION_HOURS', 1, 168))
  @Max(168, whole('SIMPUL_SESSION_HOURS', 1, 168))
  sessionHours: number;

  /** Long-polling beside WebSocket, for networks that block WebSockets; it needs sticky sessions. */
  @IsBoolean(flag('SIMPUL_POLLING'))
  polling: boolean;

  @IsIn(LOG_LEVELS, says('LOG_LEVEL', 'harus salah satu dari', 'must be one of', LOG_LEVELS.join(', ')))
  logLevel: LogLevel;

  /** Database connections of this instance. */
  @IsInt(whole('SIMPUL_POOL_SIZE', 2, 100))
  @Min(2, whole('SIMPUL_POOL_SIZE', 2, 100))
  @Max(100, whole('SIMPUL_POOL_SIZE', 2, 100))
  poolSize: number;

  /** Where figures for Prometheus are served, by a listener of their own; undefined: nowhere. */
  @IsOptional()
  @IsInt(whole('SIMPUL_METRICS_PORT', 0, 65_535))
  @Min(0, whole('SIMPUL_METRICS_PORT', 0, 65_535))
  @Max(65_535, whole('SIMPUL_METRICS_PORT', 0, 65_535))
  metricsPort?: number;

  @Matches(
    /^[A-Za-z0-9.:-]{1,253}$/,
    says('SIMPUL_METRICS_HOST', 'harus nama atau alamat', 'must be a name or an address'),
  )
  metricsHost: string;

  /** The OTLP collector that gets traces; undefined: none are made. */
  @IsOptional()
  @IsCollectorUrl(
    says(
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      'harus alamat seperti http://server:4318, tanpa sandi',
      'must be an address such as http://server:4318, without a password',
    ),
  )
  tracesEndpoint?: string;

  /** Which share of commands and requests is traced. */
  @IsNumber({}, SHARE)
  @Min(0, SHARE)
  @Max(1, SHARE)
  tracesShare: number;

  @Matches(
    /^[A-Za-z0-9._-]{1,64}$/,
    says('OTEL_SERVICE_NAME', 'hanya huruf, angka, titik, - dan _', 'letters, digits, dot, - and _ only'),
  )
  serviceName: string;
  /** Where files are kept; undefined until the data folder is known: see `withFilesDir`. */
  filesDir?: string;

  /** Where files are kept instead, all instances together. */
  @IsOptional()
  @IsBucketUrl(
    says(
      'SIMPUL_S3_URL',
      'harus berupa https://KUNCI:RAHASIA@host/wadah?region=…',
      'must be https://KEY:SECRET@host/bucket?region=…',
    ),
  )
  s3Url?: string;

  /** The largest file in megabytes. */
  @IsInt(whole('SIMPUL_FILES_MAX_MB', 1, 200))
  @Min(1, whole('SIMPUL_FILES_MAX_MB', 1, 200))
  @Max(200, whole('SIMPUL_FILES_MAX_MB', 1, 200))
  fileMb: number;

  /** All files of one workspace, in megabytes. */
  @IsInt(whole('SIMPUL_FILES_QUOTA_MB', 1, 1_000_000))
  @Min(1, whole('SIMPUL_FILES_QUOTA_MB', 1, 1_000_000))
  @Max(1_000_000, whole('SIMPUL_FILES_QUOTA_MB', 1, 1_000_000))
  filesQuotaMb: number;

  /** Another address of this server that hands out files and nothing else. */
  @IsOptional()
  @IsOneOrigin(
    says(
      'SIMPUL_FILES_ORIGIN',
      'harus satu alamat seperti https://berkas.contoh.go.id',
      'must be one address such as https://files.example.org',
    ),
  )
  filesOrigin?: string;

  /** The virus scanner; undefined: none. */
  @IsOptional()
  @IsHostPort(says('SIMPUL_CLAMD', 'harus seperti server:3310', 'must look like server:3310'))
  clamd?: { host: string; port: number };

  mode: RunMode;

  /** @throws EnvironmentProblem naming every variable that is wrong, at once */
  static read(variables: Variables = process.env): Environment {
    const given = (name: string) => variables[name]?.trim() || undefined;
    const databaseUrl = given('DATABASE_URL');
    const redisUrl = given('REDIS_URL');
    const mode: RunMode =
      databaseUrl === undefined ? 'embedded' : redisUrl === undefined ? 'single' : 'cluster';
    const origins = readList(given('SIMPUL_ORIGINS'));

    const environment = Object.assign(new Environment(), {
      mode,
      port: readNumber(given('PORT'), 3_000),
      host: given('HOST') ?? (mode === 'embedded' ? '127.0.0.1' : '0.0.0.0'),
      databaseUrl,
      redisUrl,
      dataDir: given('SIMPUL_DATA_DIR'),
      demo: readFlag(given('SIMPUL_DEMO'), mode === 'embedded'),
      // As it is: blanks may belong to a password.
      demoPassword: variables['SIMPUL_DEMO_PASSWORD'] || undefined,
      origins,
      secureCookie: readFlag(
        given('SIMPUL_SECURE_COOKIE'),
        origins.length > 0 && origins.every((origin) => origin.startsWith('https:')),
      ),
      trustProxy: readTrust(given('SIMPUL_TRUST_PROXY')),
      instance: given('SIMPUL_INSTANCE') ?? randomBytes(4).toString('hex'),
      sessionHours: readNumber(given('SIMPUL_SESSION_HOURS'), 12),
      polling: readFlag(given('SIMPUL_POLLING'), false),
      // At a terminal the address and the accounts should stay in sight.
      logLevel: given('LOG_LEVEL') ?? (mode === 'embedded' ? 'warn' : 'info'),
      poolSize: readNumber(given('SIMPUL_POOL_SIZE'), 8),
      metricsPort: given('SIMPUL_METRICS_PORT') && readNumber(given('SIMPUL_METRICS_PORT'), 0),
      metricsHost: given('SIMPUL_METRICS_HOST') ?? '127.0.0.1',
      tracesEndpoint: given('OTEL_EXPORTER_OTLP_ENDPOINT'),
      tracesShare: readShare(given('OTEL_TRACES_SAMPLER_ARG'), 1),
      serviceName: given('OTEL_SERVICE_NAME') ?? 'simpul',
      filesDir: given('SIMPUL_FILES_DIR'),
      s3Url: given('SIMPUL_S3_URL'),
      fileMb: readNumber(given('SIMPUL_FILES_MAX_MB'), 25),
      filesQuotaMb: readNumber(given('SIMPUL_FILES_QUOTA_MB'), 2_000),
      filesOrigin: given('SIMPUL_FILES_ORIGIN'),
      clamd: readHostPort(given('SIMPUL_CLAMD')),
    });

    const problems = validateSync(environment).flatMap((error) =>
      Object.values(error.constraints ?? {}).slice(0, 1),
    );
    if (redisUrl !== undefined && databaseUrl === undefined) problems.push(REDIS_ALONE);
    // 0 is whichever is free, each time another.
    if (environment.metricsPort && environment.metricsPort === environment.port) problems.push(SAME_PORT);
    if (problems.length > 0) throw new EnvironmentProblem(problems);
    environment.origins = origins.map((origin) => new URL(origin).origin);
    if (environment.filesOrigin) environment.filesOrigin = new URL(environment.filesOrigin).origin;
    return environment;
  }

  /** The same settings with the database our own PostgreSQL serves. */
  withDatabase(url: string): Environment {
    return Object.assign(new Environment(), this, { databaseUrl: url });
  }

  /** The same settings with files kept in this folder. */
  withFilesDir(filesDir: string): Environment {
    return Object.assign(new Environment(), this, { filesDir });
  }
}

/** Everything that is wrong with the configuration. Its message is for the person at the terminal. */
export class EnvironmentProblem extends Error {
  override readonly name = 'EnvironmentProblem';

  constructor(readonly problems: string[]) {
    super(
      [
        'Konfigurasi belum benar / The configuration is not right:',
        ...problems.map((problem) => `  - ${problem}`),
      ].join('\n'),
    );
  }
}

const REDIS_ALONE =
  'REDIS_URL: hanya berlaku bersama DATABASE_URL; isi keduanya atau tidak sama sekali' +
  ' / needs DATABASE_URL as well; set both or neither';

const SAME_PORT =
  'SIMPUL_METRICS_PORT: harus lain dari PORT; angka pemantauan bukan untuk umum' +
  ' / must differ from PORT; the figures are not public';

function says(variable: string, indonesian: string, english: string, more = ''): { message: string } {
  const tail = more && ` ${more}`;
  return { message: `${variable}: ${indonesian}${tail} / ${english}${tail}` };
}

function whole(variable: string, min: number, max: number): { message: string } {
  return says(
    variable,
    `harus bilangan bulat ${min} sampai ${max}`,
    `must be a whole number from ${min} to ${max}`,
  );
}

function flag(variable: string): { message: string } {
  return says(variable, 'harus 0 atau 1', 'must be 0 or 1');
}
