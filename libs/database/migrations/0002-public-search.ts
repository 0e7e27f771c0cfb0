import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Search and filters of the citizens' list, over the public projection alone. */
export class PublicSearch1764000000002 implements MigrationInterface {
  name = 'PublicSearch1764000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

// Both dictionaries: 'simple' finds the beginnings of words as they stand, 'indonesian' what only shares their stem.
const UP = `
ALTER TABLE public_pages
  -- Lower case, without accents and signs; written by the projection, which folds a citizen's words the same way.
  ADD COLUMN search text NOT NULL DEFAULT '',
  ADD COLUMN search_words tsvector NOT NULL
    GENERATED ALWAYS AS (to_tsvector('simple', search) || to_tsvector('indonesian', search)) STORED,
  -- Names of kecamatan; '*' stands for the whole city.
  ADD COLUMN districts text[] NOT NULL DEFAULT '{}',
  ADD COLUMN category text NOT NULL GENERATED ALWAYS AS (coalesce(page->>'category', '')) STORED,
  ADD COLUMN status_label text NOT NULL GENERATED ALWAYS AS (coalesce(page->>'statusLabel', '')) STORED;
DROP INDEX public_pages_listed;
CREATE INDEX public_pages_listed ON public_pages (updated_at DESC, id) WHERE published;
CREATE INDEX public_pages_search ON public_pages USING gin (search_words) WHERE published;
CREATE INDEX public_pages_districts ON public_pages USING gin (districts) WHERE published;
CREATE INDEX public_pages_facets ON public_pages (category, status_label) WHERE published;
`;

const DOWN = `
DROP INDEX public_pages_facets, public_pages_districts, public_pages_search, public_pages_listed;
CREATE INDEX public_pages_listed ON public_pages (updated_at DESC) WHERE published;
ALTER TABLE public_pages
  DROP COLUMN status_label, DROP COLUMN category, DROP COLUMN districts, DROP COLUMN search_words, DROP COLUMN search;
`;
