export type { NewMessage } from './append.js';
export { commandOf, event, type CommittedFrame, type NewEvent, type Receipt } from './command.js';
export { HistoryConsumer, type Derive } from './consumer.js';
export { chooseDataDir } from './data-dir.js';
export { dataSourceOptions } from './data-source.js';
export { numberDerived, SYSTEM_ACTOR, uuidOf } from './derived.js';
export { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.js';
export { readConsistently, readEvents, readHeads, readHistory } from './history.js';
export { migrate, NewerDataError } from './migrate.js';
export { numberNotes } from './note.js';
export type { Authority } from './numbering.js';
export { asAppError } from './pg-errors.js';
export { forgetRefusals } from './refusals.js';
export { runningPostgres } from './running-postgres.js';
export { startHistoriesAnew } from './start-anew.js';
export { StartProblem } from './start-problem.js';
export {
  cancelTimer,
  DECISION_CLOCK,
  DECISION_EFFECT,
  holdTimers,
  readTimerFigures,
  scheduleTimer,
  type TimerFigures,
} from './timers.js';
export { MOST_ATTEMPTS, TimerWorker, type Timer, type TimerKind } from './timer-worker.js';
export type { CommitTracing, Step, Traced } from './tracing.js';
export { WorkspaceLog } from './workspace-log.js';
