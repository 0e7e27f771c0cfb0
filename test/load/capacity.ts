import type { Report } from './report.js';

/** Who has to be carried. `online` at the same time, in the busiest hour; a tenth of them a workspace apart. */
const PLACES = [
  { name: 'a city', staff: 10_000, online: 1_500, citizensADay: 50_000 },
  { name: 'a province', staff: 60_000, online: 9_000, citizensADay: 300_000 },
  { name: 'the nation', staff: 4_300_000, online: 645_000, citizensADay: 25_000_000 },
];

/** Assumed, not measured: change them here. */
const ASSUMED = {
  postsADayEach: 20,
  workingHours: 8,
  /** The busiest minute against the mean of the working day. */
  peak: 5,
  readersAPost: 20,
  /** Of what was measured as sustained, how much is planned with. */
  load: 0.5,
  workingDays: 240,
  /** Rows and indexes of a message, its event and its command. */
  bytesAPost: 2_500,
  pagesACitizen: 6,
};

/**
 * What the measured figures come to for a city, a province and the nation, as a Markdown table. Cells that need a
 * figure the report does not have say so.
 */
export function capacityOf({ figures }: Report): string {
  const valueOf = (id: string) => {
    const figure = figures.find((one) => one.id === id);
    return figure && !figure.invalid ? figure.value : undefined;
  };
  const { postsADayEach, workingHours, peak, readersAPost, load, workingDays, bytesAPost, pagesACitizen } =
    ASSUMED;
  const rows = PLACES.map(({ name, staff, online, citizensADay }) => {
    const posts = (online * postsADayEach * peak) / (workingHours * 3_600);
    const instances = needed(posts * readersAPost, valueOf('fanout-50x20'), load);
    const databases = needed(posts, valueOf('durable-32'), load);
    const bytes = online * postsADayEach * workingDays * bytesAPost;
    const pages = (citizensADay * pagesACitizen * peak) / (workingHours * 3_600);
    return [
      `${name} (${thousands(staff)} staff, ${thousands(online)} online \\*)`,
      `${posts.toFixed(1)} posts/s, ${thousands(posts * readersAPost)} deliveries/s \\*`,
      instances,
      databases,
      `${(bytes / 1e9).toFixed(0)} GB`,
      `${pages.toFixed(0)} pages/s \\*`,
      needed(pages, valueOf('public-page'), load),
    ].join(' | ');
  });
  return [
    '| | peak | instances | databases | history a year \\* | citizens | processes for them |',
    '| --- | --- | ---: | ---: | ---: | --- | ---: |',
    ...rows.map((row) => `| ${row} |`),
    '',
    `\\* assumed: ${postsADayEach} posts a day from each person online, the busiest minute ${peak} times the mean, ` +
      `${readersAPost} readers a post, ${bytesAPost} bytes a post with indexes, ${workingDays} working days, ` +
      `${pagesACitizen} pages a citizen, and only ${load * 100} % of the measured rates planned with.`,
  ].join('\n');
}

function needed(wanted: number, measured: number | undefined, load: number): string {
  return measured ? String(Math.ceil(wanted / (measured * load))) : 'not measured';
}

function thousands(value: number): string {
  return Math.round(value).toLocaleString('en');
}
