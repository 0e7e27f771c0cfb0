import { createHash } from 'node:crypto';
import { tokensCss } from '#libs/content';

const RULES = `
*{box-sizing:border-box}
html{font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;background:var(--paper);color:var(--text);-webkit-text-size-adjust:100%;scroll-padding:24px}
body{margin:0 auto;max-width:900px;padding:var(--s5) var(--s4) var(--s8);overflow-wrap:anywhere}
h1,h2,h3{line-height:1.25;text-wrap:balance}
h2{margin-top:var(--s7);border-top:1px solid var(--line);padding-top:var(--s4)}
h3{margin:var(--s5) 0 var(--s2)}
p,li{max-width:var(--measure)}
li{margin:var(--s1) 0}
a{color:var(--primary);text-underline-offset:3px}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
code,pre{font:0.875rem/1.5 ui-monospace,"DejaVu Sans Mono",monospace}
pre{background:var(--sunken);border-radius:var(--radius-small);padding:var(--s3);margin:var(--s2) 0;white-space:pre-wrap}
nav ul{columns:2;column-gap:var(--s5);padding-left:var(--s4)}
nav a{display:inline-block;padding:var(--s1) 0}
.quiet{color:var(--muted)}
.card{background:var(--surface);border:1px solid var(--line);border-radius:var(--radius);padding:var(--s3) var(--s4);margin:var(--s3) 0}
.card h3{margin:0 0 var(--s1)}
dl{margin:0}
dl dl{border-left:2px solid var(--line);padding-left:var(--s3)}
dt{margin-top:var(--s2)}
dd{margin:0}
.log{list-style:none;padding:0}
.log li{max-width:none;border-left:4px solid var(--line-strong);padding-left:var(--s3);margin:var(--s3) 0}
.log .client{border-color:var(--primary)}
.log .note{border:0;padding:0;color:var(--muted)}
.scroll{overflow-x:auto}
table{border-collapse:collapse}
th,td{text-align:left;vertical-align:top;padding:var(--s1) var(--s3) var(--s1) 0;border-bottom:1px solid var(--line)}
@media(max-width:560px){nav ul{columns:1}}
`;

// By the device's wish: the page has no switch.
const tokens = tokensCss();

/** Stands inside the page, whose policy allows just this text. */
export const STYLESHEET = tokens.slice(0, tokens.lastIndexOf(":root[data-theme='dark']")) + RULES;

export const CONTENT_SECURITY_POLICY =
  `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLESHEET).digest('base64')}'; ` +
  `img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
