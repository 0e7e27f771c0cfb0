/** A generator in a process of its own; `bench` speaks to it through `GeneratorProcess`. */
import '../support/typescript.mjs';

await import('./generator.ts');
