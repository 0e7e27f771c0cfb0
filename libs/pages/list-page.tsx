import type { PublicPageView } from '#libs/contracts';
import { renderDocument } from './document.js';
import { Chip, Drawings } from './icons.js';
import { pagePath } from './live-part.js';
import { stateOf, type PageWords } from './page-words.js';
import { PAGE_SIZE, queryOf, type Facets, type ListQuery, type PageList } from './list-query.js';

interface List {
  query: ListQuery;
  list: PageList;
  facets: Facets;
  words: PageWords;
}

/** The list of published works with its search; everything works by plain links and one form. */
export function renderListPage({ query, list, facets, words }: List): string {
  const filtered = queryOf({ ...query, page: 1 }) !== '';
  return renderDocument({
    words,
    path: `/${queryOf(query)}`,
    title: `${words.list.title} · ${words.site}`,
    description: words.list.description,
    unlisted: filtered,
    children: (
      <>
        <Drawings names={list.pages.map((page) => stateOf(page.statusLabel))} />
        <h1>{words.list.title}</h1>
        <p>{words.list.lead(list.all, list.updatedAt)}</p>
        {(list.all > 0 || filtered) && <Search query={query} facets={facets} words={words} />}
        <h2 className={filtered ? undefined : 'off'}>
          {filtered ? words.list.found(list.found) : words.list.results}
        </h2>
        {list.pages.length === 0 ? (
          <Nothing query={query} filtered={filtered} words={words} />
        ) : (
          <ol className="cards">
            {list.pages.map((page) => (
              <Card key={page.id} page={page} words={words} />
            ))}
          </ol>
        )}
        <Pager query={query} list={list} words={words} />
      </>
    ),
  });
}

function Search({ query, facets, words }: Omit<List, 'list'>) {
  return (
    <form action={words.prefix || '/'} method="get" role="search">
      <label className="wide">
        {words.list.search}
        <span className="quiet">{words.list.searchHint}</span>
        <input type="search" name="q" defaultValue={query.typed} maxLength={100} autoComplete="off" />
      </label>
      <Choice
        name="kecamatan"
        label={words.list.district}
        value={query.district}
        from={facets.districts}
        words={words}
      />
      <Choice
        name="bidang"
        label={words.list.category}
        value={query.category}
        from={facets.categories}
        words={words}
      />
      <Choice
        name="status"
        label={words.list.status}
        value={query.status}
        from={facets.statuses}
        words={words}
      />
      <button type="submit" className="wide">
        {words.list.submit}
      </button>
    </form>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  value: string;
  from: string[];
  words: PageWords;
}

function Choice({ name, label, value, from, words }: ChoiceProps) {
  const options = value === '' || from.includes(value) ? from : [...from, value];
  return (
    <label>
      {label}
      <select name={name} defaultValue={value}>
        <option value="">{words.list.any}</option>
        {options.map((option) => (
          <option key={option} value={option}>
            {words.label(option)}
          </option>
        ))}
      </select>
    </label>
  );
}

function Card({ page, words }: { page: PublicPageView; words: PageWords }) {
  const next = page.milestones.find((milestone) => !milestone.done);
  return (
    <li className="card">
      <h3 lang="id">
        <a href={pagePath(page, words)}>{page.title}</a>
      </h3>
      <Chip state={stateOf(page.statusLabel)}>{words.label(page.statusLabel)}</Chip>
      {page.locations.length > 0 && <p lang="id">{page.locations.join(', ')}</p>}
      {next && <p>{words.list.next(next.title)}</p>}
      <p className="quiet">
        <time dateTime={page.updatedAt}>{words.list.updated(words.date.moment(page.updatedAt))}</time>
      </p>
    </li>
  );
}

function Nothing({ query, filtered, words }: { query: ListQuery; filtered: boolean; words: PageWords }) {
  if (!filtered) return <p>{words.list.nothing}</p>;
  return (
    <>
      <p>{words.list.none(query)}</p>
      <p>{words.list.noneHint}</p>
      <a className="touch" href={words.prefix || '/'}>
        {words.list.clear}
      </a>
    </>
  );
}

function Pager({ query, list, words }: Pick<List, 'query' | 'list' | 'words'>) {
  const last = Math.max(1, Math.ceil(list.found / PAGE_SIZE));
  if (last === 1) return null;
  const to = (page: number) => `${words.prefix || '/'}${queryOf({ ...query, page })}`;
  return (
    <nav className="pager" aria-label={words.list.pages}>
      {query.page > 1 && (
        <a className="touch" rel="prev" href={to(Math.min(query.page, last + 1) - 1)}>
          {words.list.newer}
        </a>
      )}
      <span>{words.list.page(Math.min(query.page, last), last)}</span>
      {query.page < last && (
        <a className="touch" rel="next" href={to(query.page + 1)}>
          {words.list.older}
        </a>
      )}
    </nav>
  );
}
