export * from './dates.js';
export * from './error-words.js';
export { id, type Words } from './id.js';
export * from './load-words.js';
export * from './looks.js';
export * from './tokens.js';
