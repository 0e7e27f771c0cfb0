import { renderToStaticMarkup } from 'react-dom/server';
import { SESSION } from './examples.js';
import { Connecting, Following, Writing } from './guide.js';
import { Reference } from './reference.js';
import { STYLESHEET } from './stylesheet.js';

const PARTS = {
  connecting: 'Coming in',
  following: 'Following a workspace',
  writing: 'Writing',
  session: 'A session, line by line',
  requests: 'What a client sends',
  'server-events': 'What the server says',
  events: 'Events of the history',
  errors: 'Refusals',
  limits: 'Limits',
  shapes: 'Shapes',
};

/** The page at /api/docs/live: rules written by hand, everything else from the document. The same for everybody. */
export function renderLivePage(): string {
  const body = renderToStaticMarkup(
    <main>
      <h1>Simpul, live</h1>
      <p>
        How a program in any language follows a workspace, writes in it, and comes back after a cut without
        losing or doubling anything. The same as an AsyncAPI 3 document with JSON Schemas:{' '}
        <a href="/api/docs/live.json">live.json</a>. HTTP: <a href="/api/docs">/api/docs</a>.
      </p>
      <nav aria-label="Contents">
        <ul>
          {Object.entries(PARTS).map(([id, title]) => (
            <li key={id}>
              <a href={`#${id}`}>{title}</a>
            </li>
          ))}
        </ul>
      </nav>
      <Connecting />
      <Following />
      <Writing />
      <h2 id="session">A session, line by line</h2>
      <p>
        As it goes over the WebSocket. Ids, names and times are invented. Heartbeats (<code>2</code> from the
        server, <code>3</code> back) are left out.
      </p>
      <ol className="log">
        {SESSION.map(({ from, text }) => (
          <li key={text} className={from}>
            {from === 'note' ? (
              text
            ) : (
              <>
                {from}
                <pre>{text}</pre>
              </>
            )}
          </li>
        ))}
      </ol>
      <Reference />
    </main>,
  );
  const head =
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">' +
    '<title>Simpul, live</title><meta name="color-scheme" content="light dark">' +
    `<link rel="icon" href="/favicon.svg" type="image/svg+xml"><style>${STYLESHEET}</style>`;
  return `<!doctype html><html lang="en"><head>${head}</head><body>${body}</body></html>`;
}
