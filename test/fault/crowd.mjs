/** A crowd in a process of its own: told by its parent, see crowd.ts. */
import '../support/typescript.mjs';

const { crowd } = await import('./crowd.ts');
crowd();
