export type { NewMessage } from './append.js';
export {
  commandOf,
  event,
  type Command,
  type CommittedFrame,
  type NewEvent,
  type Receipt,
} from './command.js';
export { HistoryConsumer, type Derive } from './consumer.js';
export { chooseDataDir } from './data-dir.js';
export { dataSourceOptions, openDataSource } from './data-source.js';
export { numberDerived, SYSTEM_ACTOR, uuidOf } from './derived.js';
export {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from './embedded-postgres.js';
export { readConsistently, readEvents, readHeads, readHistory, type StreamHead } from './history.js';
export { migrate, NewerDataError } from './migrate.js';
export type { Authority } from './numbering.js';
export { asAppError, isUnavailable } from './pg-errors.js';
export { runningPostgres } from './running-postgres.js';
export { StartProblem } from './start-problem.js';
export { WorkspaceLog, type Change } from './workspace-log.js';
