import { fileURLToPath } from 'node:url';
import { swcOptions } from './support/swc.mjs';

const project = (displayName, testMatch, more = {}) => ({
  displayName,
  testMatch: testMatch.map((pattern) => `<rootDir>/${pattern}`),
  rootDir: fileURLToPath(new URL('..', import.meta.url)),
  // Not below TMPDIR: each run of test/run.mjs has one of its own.
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  // Without dist, or Jest sees every module twice.
  roots: ['<rootDir>/src', '<rootDir>/libs', '<rootDir>/test'],
  testEnvironment: 'node',
  // `import` must stay out of this list: it breaks CommonJS dependencies.
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '\\.ts$': ['@swc/jest', swcOptions('.ts')],
    '\\.tsx$': ['@swc/jest', swcOptions('.tsx')],
  },
  ...more,
});

const withPostgres = {
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
};

export default {
  // In one process: with VM modules, worker processes of this Jest never report back.
  maxWorkers: 1,
  testTimeout: 30_000,
  projects: [
    project('architecture', ['test/architecture.spec.ts']),
    project('unit', ['src/**/*.spec.ts', 'libs/**/*.spec.ts', 'libs/**/*.spec.tsx']),
    project('integration', ['test/integration/**/*.spec.ts'], withPostgres),
    project('e2e', ['test/e2e/**/*.spec.ts'], withPostgres),
    project('fault', ['test/fault/**/*.spec.ts'], withPostgres),
  ],
};
