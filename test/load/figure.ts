import type { World } from './world.js';

export interface Budget {
  /** `ratio`: against the baseline of the same call; `value`: as it is. */
  of: 'ratio' | 'value';
  least?: number;
  most?: number;
}

/** What one figure came to. */
export interface Measured {
  id: string;
  unit: string;
  value: number;
  /** In words, with its value. */
  baseline?: { name: string; value: number };
  ratio?: number;
  budget?: Budget;
  /** Each round's values, and whatever explains them. */
  runs: object[];
  /** Why it must not be used: something was lost, doubled or out of order. */
  invalid?: string;
}

export interface Pace {
  quick: boolean;
  rounds: number;
  say(line: string): void;
}

export interface Figure {
  /** All ids it gives. */
  ids: string[];
  /** Seconds it may take at most; past them it is given up and named. */
  limit: number;
  /** Taken only when it is asked for by name: it is long. */
  isApart?: boolean;
  run(world: World, pace: Pace): Promise<Measured[]>;
}

export function isMet({ budget, ratio, value, invalid }: Measured): boolean | null {
  if (invalid) return false;
  if (!budget) return null;
  const judged = budget.of === 'ratio' ? (ratio ?? Number.NaN) : value;
  if (budget.least !== undefined) return judged >= budget.least;
  return judged <= (budget.most ?? Number.NaN);
}

export function budgetWords({ budget, unit }: Measured): string {
  if (!budget) return '';
  const sign = budget.least === undefined ? '≤' : '≥';
  return `${sign} ${budget.least ?? budget.most} ${budget.of === 'ratio' ? '×' : unit}`;
}
