import type { PublicPageView } from '#libs/contracts';
import { renderDocument } from './document.js';
import { Drawings } from './icons.js';
import { LivePart, pagePath } from './live-part.js';
import { stateOf, type PageWords } from './page-words.js';

interface Detail {
  page: PublicPageView;
  version: string;
  words: PageWords;
  /** Everything there is, without the live script: the archive. */
  all?: boolean;
  /** Set when this is an older copy because the present one could not be read. */
  savedAt?: string;
}

/** The page of one work. */
export function renderDetailPage({ page, version, words, all = false, savedAt }: Detail): string {
  const own = pagePath(page, words);
  const path = pagePath(page, { prefix: '' });
  return renderDocument({
    words,
    path: all ? `${path}/semua` : path,
    title: `${page.title} · ${words.site}`,
    description: `${words.sentence(page)} ${page.summary}`.trim().slice(0, 200),
    live: !all && savedAt === undefined,
    unlisted: all,
    children: (
      <>
        <Drawings
          names={['done', 'open', 'planned', 'running', 'held', 'cancelled', stateOf(page.statusLabel)]}
        />
        <a className="touch" href={all ? own : words.prefix || '/'}>
          ← {all ? <span lang="id">{page.title}</span> : words.detail.back}
        </a>
        <h1 lang={all ? undefined : 'id'}>{all ? words.detail.archive : page.title}</h1>
        {savedAt && <p className="moved">{words.detail.saved(savedAt)}</p>}
        <p className="notice" id="pemberitahuan" role="status" aria-live="polite"></p>
        <div id="langsung" data-version={version} data-source={`${words.prefix}/pekerjaan/${page.address}`}>
          <LivePart page={page} words={words} all={all} />
        </div>
        <p className="touch" id="muat-ulang">
          <span>
            <a href={all ? `${own}/semua` : own}>{words.detail.reload}</a> {words.detail.reloadHint}
          </span>
        </p>
      </>
    ),
  });
}
