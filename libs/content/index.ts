export * from './dates.js';
export * from './error-words.js';
export { id, type CoreWords } from './id.js';
export type { HelpAnswer, HelpWords } from './id-help.js';
export type { ToolWords } from './id-tools.js';
export type { WorkspaceWords } from './id-workspace.js';
export * from './load-words.js';
export * from './looks.js';
export * from './tokens.js';
