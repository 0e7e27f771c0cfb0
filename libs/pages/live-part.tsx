import { renderToStaticMarkup } from 'react-dom/server';
import type { PublicPageView } from '#libs/contracts';
import { Icon } from './icons.js';
import { stateOf, type PageWords } from './page-words.js';

interface Part {
  page: PublicPageView;
  words: PageWords;
}

/** Letters of news and of questions that a page shows before it points to the rest: it must stay light. */
const LETTERS = 5_000;

/** What of a page changes while a citizen reads it. What agencies wrote is Indonesian in every language. */
export function LivePart({ page, words, all = false }: Part & { all?: boolean }) {
  return (
    <>
      <State page={page} words={words} />
      <News page={page} words={words} all={all} />
      <Stages page={page} words={words} />
      <Agencies page={page} words={words} />
      <Facts page={page} words={words} />
      <Questions page={page} words={words} all={all} />
    </>
  );
}

/** The live part alone, as it is sent to open pages. */
export function renderLivePart(page: PublicPageView, words: PageWords): string {
  return renderToStaticMarkup(<LivePart page={page} words={words} />);
}

function State({ page, words }: Part) {
  const { dueDate, originalDueDate, summary } = page;
  return (
    <>
      <div className="state">
        <p className={`sentence ${stateOf(page.statusLabel)}`}>
          <Icon name={stateOf(page.statusLabel)} />
          {words.sentence(page)}
        </p>
        {originalDueDate && dueDate && originalDueDate !== dueDate && (
          <p className="moved">{words.moved(originalDueDate, dueDate)}</p>
        )}
        <p className="quiet">
          {words.detail.updated} <time dateTime={page.updatedAt}>{words.date.moment(page.updatedAt)}</time>
        </p>
      </div>
      {summary && (
        <p className="text summary" lang="id">
          {summary}
        </p>
      )}
    </>
  );
}

function News({ page, words, all }: Part & { all: boolean }) {
  const shown = all ? page.updates : fitting(page.updates, (update) => update.body.length);
  return (
    <section aria-labelledby="kabar">
      <h2 id="kabar">{words.detail.updates}</h2>
      {shown.length === 0 && <p className="quiet">{words.detail.noUpdates}</p>}
      <ol className="plain">
        {shown.map((update) => (
          <li key={update.id} data-key={update.id}>
            <h3>
              <time dateTime={update.at}>{words.date.moment(update.at)}</time>
            </h3>
            <p className="text" lang="id" dir="auto">
              {update.body}
            </p>
          </li>
        ))}
      </ol>
      <Older page={page} words={words} count={page.updates.length - shown.length} />
    </section>
  );
}

function Stages({ page, words }: Part) {
  const { milestones } = page;
  if (milestones.length === 0) return null;
  const done = milestones.filter((milestone) => milestone.done).length;
  return (
    <section aria-labelledby="tahapan">
      <h2 id="tahapan">{words.detail.stages}</h2>
      <p>{words.detail.stagesDone(done, milestones.length)}</p>
      <ol className="plain">
        {milestones.map((milestone) => (
          <li className="stage" key={milestone.title} data-key={`${milestone.title} ${milestone.done}`}>
            <Icon name={milestone.done ? 'done' : 'open'} className={milestone.done ? 'ok' : ''} />
            <div>
              <span lang="id">{milestone.title}</span>
              <br />
              <span className="quiet">{stageDate(milestone, words)}</span>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

function stageDate(
  { done, dueDate, completedOn }: PublicPageView['milestones'][number],
  words: PageWords,
): string {
  if (done) return completedOn ? words.detail.doneOn(words.date.day(completedOn)) : words.detail.stageDone;
  return dueDate
    ? `${words.detail.stageOpen}, ${words.detail.dueOn(words.date.day(dueDate))}`
    : words.detail.stageOpen;
}

function Agencies({ page, words }: Part) {
  const { coordinatingOpd, supportingOpds } = page;
  return (
    <section aria-labelledby="opd">
      <h2 id="opd">{words.detail.opds}</h2>
      <p>{words.detail.coordinator(`${coordinatingOpd.name} (${coordinatingOpd.abbreviation})`)}</p>
      {supportingOpds.length > 0 && (
        <>
          <p>{words.detail.supporting}</p>
          <ul lang="id">
            {supportingOpds.map((opd) => (
              <li key={opd.name}>{opd.name}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Facts({ page, words }: Part) {
  const { detail, date } = words;
  const due =
    page.dueDate &&
    (page.originalDueDate && page.originalDueDate !== page.dueDate
      ? `${date.day(page.dueDate)} (${detail.originally(date.day(page.originalDueDate))})`
      : date.day(page.dueDate));
  const rows: [string, string | null][] = [
    [detail.places, page.locations.join(', ')],
    [detail.category, page.category],
    [detail.program, page.priorityProgram],
    [detail.start, page.startDate && date.day(page.startDate)],
    [detail.due, due],
  ];
  return (
    <section aria-labelledby="keterangan">
      <h2 id="keterangan">{detail.facts}</h2>
      <dl>
        {rows.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
    </section>
  );
}

function Questions({ page, words, all }: Part & { all: boolean }) {
  const newestFirst = [...page.questions].sort((a, b) => (a.askedAt < b.askedAt ? 1 : -1));
  const shown = all ? newestFirst : fitting(newestFirst, (q) => q.text.length + (q.answer?.body.length ?? 0));
  if (shown.length === 0) return null;
  return (
    <section aria-labelledby="pertanyaan">
      <h2 id="pertanyaan">{words.detail.questions}</h2>
      <ul className="plain">
        {shown.map((question) => (
          <li key={question.id} data-key={`${question.id} ${question.answer?.at ?? ''}`}>
            <p className="text" lang="id" dir="auto">
              {question.text}
            </p>
            <p className="quiet">
              {words.detail.askedFrom(question.kelurahan, words.date.dayOf(question.askedAt))}
            </p>
            {question.answer ? (
              <div className="answer">
                <p className="text" lang="id">
                  {question.answer.body}
                </p>
                <p className="quiet">
                  {words.detail.answered(question.answer.opd, words.date.dayOf(question.answer.at))}
                </p>
              </div>
            ) : (
              <p className="answer">{words.detail.unanswered}</p>
            )}
          </li>
        ))}
      </ul>
      <Older page={page} words={words} count={newestFirst.length - shown.length} />
    </section>
  );
}

function Older({ page, words, count }: Part & { count: number }) {
  if (count <= 0) return null;
  return (
    <a className="touch" href={`${pagePath(page, words)}/semua`}>
      {words.detail.older(count)}
    </a>
  );
}

/** Where a page lives, in the language of the reader. */
export function pagePath({ slug, address }: PublicPageView, words: Pick<PageWords, 'prefix'>): string {
  return `${words.prefix}/pekerjaan/${slug}-${address}`;
}

/** The first items, at least one, as long as their letters fit. */
function fitting<T>(items: T[], letters: (item: T) => number): T[] {
  let left = LETTERS;
  return items.filter((item, i) => {
    left -= letters(item) + 60;
    return i === 0 || left >= 0;
  });
}
