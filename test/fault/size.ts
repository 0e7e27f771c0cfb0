/** How large a run is; `--long` and `--seed N` of test/run.mjs arrive as variables. */
export const LONG = process.env.SIMPUL_FAULT_LONG === '1';
export const SEED = Number(process.env.SIMPUL_FAULT_SEED ?? 20_261_124);

export const SIZE = LONG
  ? { instances: 3, writers: 8, each: 260, crowd: 2_000, convergeWithinMs: 30_000 }
  : { instances: 2, writers: 4, each: 25, crowd: 60, convergeWithinMs: 20_000 };
