import type { Instant, PublicPageView } from '#libs/contracts';

export const PAGE_SIZE = 20;
/** Deeper pages are for nobody; a search finds what is far down. */
const LAST_PAGE = 200;
const FILTER_LETTERS = 100;

export interface ListQuery {
  typed: string;
  district: string;
  category: string;
  status: string;
  /** From 1. */
  page: number;
}

export interface PageList {
  /** All published works. */
  all: number;
  updatedAt: Instant | null;
  /** Those that match. */
  found: number;
  pages: PublicPageView[];
}

export interface Facets {
  districts: string[];
  categories: string[];
  statuses: string[];
}

/** Reads the query of an address: whatever stands there, the answer is a list. */
export function readListQuery(query: Record<string, unknown>): ListQuery {
  const text = (name: string) => {
    const value = query[name];
    return typeof value === 'string'
      ? value
          .replace(/\p{C}+/gu, ' ')
          .trim()
          .slice(0, FILTER_LETTERS)
      : '';
  };
  const page = Number(text('halaman'));
  return {
    typed: text('q'),
    district: text('kecamatan'),
    category: text('bidang'),
    status: text('status'),
    page: Number.isInteger(page) && page >= 1 ? Math.min(page, LAST_PAGE) : 1,
  };
}

/** The query as it stands in an address, empty when it asks for nothing; also the key of a kept answer. */
export function queryOf({ typed, district, category, status, page }: ListQuery): string {
  const parts = new URLSearchParams();
  if (typed) parts.set('q', typed);
  if (district) parts.set('kecamatan', district);
  if (category) parts.set('bidang', category);
  if (status) parts.set('status', status);
  if (page > 1) parts.set('halaman', String(page));
  const query = parts.toString();
  return query && `?${query}`;
}
