import { budgetWords, type Measured } from './figure.js';

export interface Report {
  /** Taken with `--quick`: short, once, and only good for a first look. */
  indicative: boolean;
  machine: { cores: number; processor: string; memoryBytes: number; at: string };
  versions: Record<string, string>;
  figures: (Measured & { ok: boolean | null })[];
  missed: { ids: string[]; why: string }[];
}

/** The figures as a Markdown table. */
export function tableOf({ figures, missed, indicative, machine }: Report): string {
  const lines = [
    '| id | measured | baseline in the same run | ratio | budget | |',
    '| --- | ---: | ---: | ---: | ---: | --- |',
    ...figures.map((figure) => {
      const { id, value, unit, baseline, ratio, ok, invalid } = figure;
      const verdict = invalid ? `invalid: ${invalid}` : ok === null ? '' : ok ? 'met' : 'missed';
      const base = baseline ? `${round(baseline.value)} (${baseline.name})` : '';
      return `| \`${id}\` | ${round(value)} ${unit} | ${base} | ${ratio === undefined ? '' : `${ratio.toFixed(2)} ×`} | ${budgetWords(figure)} | ${verdict} |`;
    }),
    ...missed.map(({ ids, why }) => `| \`${ids.join(', ')}\` | | | | | not taken: ${why} |`),
  ];
  const gb = Math.round(machine.memoryBytes / 2 ** 30);
  const about = `${machine.cores} cores (${machine.processor.trim()}), ${gb} GiB, ${machine.at.slice(0, 10)}${indicative ? '; **indicative only** (short steps, one round)' : ''}`;
  return `${lines.join('\n')}\n\n${about}`;
}

/** One bar a figure: how far it is from its budget, on a logarithmic scale; the line is the budget. */
export function plotOf({ figures, indicative }: Report): string {
  const judged = figures.filter(({ budget }) => budget);
  const [width, height, middle] = [720, 22 * judged.length + 40, 400];
  const bars = judged.map((figure, i) => {
    const { budget, ratio, value, ok, id } = figure;
    const is = budget?.of === 'ratio' ? (ratio ?? 0) : value;
    const goodness = budget?.least === undefined ? (budget?.most ?? 0) / is : is / budget.least;
    const length = Math.max(-190, Math.min(290, Math.log2(Math.max(goodness, 1e-3)) * 70));
    const y = 30 + i * 22;
    const x = Math.min(middle, middle + length);
    return `<text x="8" y="${y + 11}">${id}</text><rect x="${x.toFixed(1)}" y="${y}" width="${Math.max(1, Math.abs(length)).toFixed(1)}" height="14" fill="${ok ? '#2f7d5b' : '#b3432b'}"/><text x="${(x + Math.abs(length) + 4).toFixed(1)}" y="${y + 11}">${goodness.toFixed(2)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="#fff"/><text x="8" y="18">Measured against budget (1 = as demanded, more is better)${indicative ? ', indicative' : ''}</text><line x1="${middle}" y1="24" x2="${middle}" y2="${height - 8}" stroke="#555"/>${bars.join('')}</svg>\n`;
}

function round(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}
