import type { PublicPageView } from '#libs/contracts';
import { PAGE_SIZE, type Facets, type ListQuery, type PageList } from '#libs/pages';
import type { DataSource } from 'typeorm';
import { searchWords } from './fold.js';
import { WHOLE_CITY } from './public-page.js';

/** One page of what matches, newest change first. Reads the public projection only. */
export async function readList(source: DataSource, query: ListQuery): Promise<PageList> {
  const words = searchWords(query.typed);
  const parameters: unknown[] = [PAGE_SIZE, (query.page - 1) * PAGE_SIZE];
  const bind = (value: unknown) => `$${parameters.push(value)}`;
  const conditions = words.map((word) => {
    // Letters and digits only: nothing in it can be an operator.
    const at = bind(word);
    return `search_words @@ (to_tsquery('simple', ${at} || ':*') || to_tsquery('indonesian', ${at}))`;
  });
  // Something was typed that holds no letter and no digit: no page has that.
  if (query.typed && words.length === 0) conditions.push('false');
  if (query.district) conditions.push(`districts && ARRAY[${bind(query.district)}::text, '${WHOLE_CITY}']`);
  if (query.category) conditions.push(`category = ${bind(query.category)}`);
  if (query.status) conditions.push(`status_label = ${bind(query.status)}`);
  const where = ['published', ...conditions].join(' AND ');
  const [row] = await source.query<
    { all: number; updated_at: Date | null; found: number; pages: PublicPageView[] }[]
  >(
    `SELECT (SELECT count(*)::int FROM public_pages WHERE published) AS all,
       (SELECT max(updated_at) FROM public_pages WHERE published) AS updated_at,
       (SELECT count(*)::int FROM public_pages WHERE ${where}) AS found,
       coalesce((SELECT jsonb_agg(page ORDER BY updated_at DESC, id) FROM (
         SELECT page, updated_at, id FROM public_pages WHERE ${where}
         ORDER BY updated_at DESC, id LIMIT $1 OFFSET $2) p), '[]') AS pages`,
    parameters,
  );
  return {
    all: row?.all ?? 0,
    updatedAt: row?.updated_at?.toISOString() ?? null,
    found: row?.found ?? 0,
    pages: row?.pages ?? [],
  };
}

/** What the filters offer: only what some published page has. */
export async function readFacets(source: DataSource): Promise<Facets> {
  const [row] = await source.query<Facets[]>(
    `SELECT
      coalesce((SELECT array_agg(DISTINCT d ORDER BY d) FROM public_pages, unnest(districts) d
        WHERE published AND d <> $1), '{}') AS districts,
      coalesce((SELECT array_agg(DISTINCT category ORDER BY category) FROM public_pages
        WHERE published AND category <> ''), '{}') AS categories,
      coalesce((SELECT array_agg(DISTINCT status_label ORDER BY status_label) FROM public_pages
        WHERE published), '{}') AS statuses`,
    [WHOLE_CITY],
  );
  return row ?? { districts: [], categories: [], statuses: [] };
}
