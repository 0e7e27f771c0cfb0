import { createHash } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import { jakartaDay, type Language } from '#libs/content';
import {
  type Facets,
  type ListQuery,
  LIVE_SCRIPT_HASH,
  type PageList,
  queryOf,
  renderDetailPage,
  renderListPage,
  STYLESHEET_HASH,
  wordsOf,
} from '#libs/pages';
import { Kept } from './kept.js';
import { changeOf } from './live-change.js';
import { versionOf, type Answer, type PageAt } from './public-pages.js';

const compress = promisify(gzip);

/** All of an answer but what belongs to one request. */
export interface Sent {
  headers: OutgoingHttpHeaders;
  body: Buffer;
}

/** A page as bytes. Compressed when somebody takes it so, once however many ask, and beside the event loop. */
export class Rendered {
  private packed: Promise<Buffer> | undefined;
  /** As it went out before, plain and compressed: to be sent again as it is. */
  readonly sent: { plain?: Sent; packed?: Sent } = {};

  constructor(
    readonly body: Buffer,
    readonly etag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
  ) {}

  zipped(): Promise<Buffer> {
    this.packed ??= compress(this.body, { level: 6 });
    return this.packed;
  }
}

// Another stylesheet, script or template of ours must not be answered with "you have it already".
const DRESS = createHash('sha256').update(STYLESHEET_HASH).update(LIVE_SCRIPT_HASH).digest('hex').slice(0, 8);

/** Pages as bytes, made once for each version and language. */
@Injectable()
export class PublicRenders {
  private readonly details = new Kept<Rendered>(300);
  private readonly changes = new Kept<Rendered>(300);
  private readonly lists = new Kept<{ of: PageList; facets: Facets; rendered: Rendered }>(100);

  detail({ value: at, readAt, stale }: Answer<PageAt>, language: Language, all: boolean): Rendered {
    const words = wordsOf(language);
    const version = versionOf(at);
    const render = (savedAt?: string) => renderDetailPage({ page: at.page, version, words, all, savedAt });
    if (stale) return new Rendered(Buffer.from(render(words.date.moment(new Date(readAt).toISOString()))));
    const tag = tagOf(at, language, all ? 'all' : 'page');
    return this.made(this.details, `${at.page.id} ${tag}`, tag, () => render());
  }

  /** The live part for open pages, as JSON. */
  change(at: PageAt, language: Language): Rendered {
    const tag = tagOf(at, language, 'part');
    return this.made(this.changes, `${at.page.id} ${tag}`, tag, () => JSON.stringify(changeOf(at, language)));
  }

  list(query: ListQuery, list: PageList, facets: Facets, language: Language): Rendered {
    const key = `${language}${queryOf(query)}`;
    const kept = this.lists.get(key);
    if (kept?.of === list && kept.facets === facets) return kept.rendered;
    const rendered = new Rendered(
      Buffer.from(renderListPage({ query, list, facets, words: wordsOf(language) })),
    );
    this.lists.set(key, { of: list, facets, rendered });
    return rendered;
  }

  private made(kept: Kept<Rendered>, key: string, tag: string, render: () => string): Rendered {
    const known = kept.get(key);
    if (known) return known;
    const rendered = new Rendered(Buffer.from(render()), `W/"${tag}"`);
    kept.set(key, rendered);
    return rendered;
  }
}

// The day belongs to it: whether a date has passed is part of what is shown.
function tagOf(at: PageAt, language: Language, what: string): string {
  return [versionOf(at), what, language, jakartaDay(), DRESS].join('.');
}
