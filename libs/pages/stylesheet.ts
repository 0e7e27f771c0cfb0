import { createHash } from 'node:crypto';
import { tokensCss } from '#libs/content';

const RULES = `
*{box-sizing:border-box}
[hidden]{display:none!important}
html{font:1.125rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;background:var(--paper);color:var(--text);-webkit-text-size-adjust:100%;scroll-padding:24px}
body{margin:0;border-top:4px solid var(--primary);overflow-wrap:anywhere}
header,main,footer{max-width:720px;margin:0 auto;padding:0 var(--s4)}
header,.pager,.row{display:flex;flex-wrap:wrap;align-items:center;gap:0 var(--s4)}
header{justify-content:space-between;min-height:64px}
header a{display:inline-flex;align-items:center;gap:var(--s2);min-height:var(--touch)}
.brand{font-weight:650;color:var(--text);text-decoration:none}
.brand svg{width:28px;height:28px;color:var(--primary)}
main{padding-top:var(--s3);padding-bottom:var(--s6)}
footer{border-top:1px solid var(--line);padding-top:var(--s4);padding-bottom:var(--s6);color:var(--muted);font-size:1rem}
footer a{display:inline-flex;min-height:var(--touch);align-items:center}
h1,h2,h3{line-height:1.25;font-weight:650;text-wrap:balance;margin:0 0 var(--s3)}
h1{font-size:1.5rem}
h2{font-size:1.25rem;margin-top:var(--s6)}
h3{font-size:1rem;margin:0}
p{margin:0 0 var(--s3)}
a{color:var(--primary);text-underline-offset:3px}
a:hover{color:var(--primary-strong)}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px;box-shadow:0 0 0 8px var(--focus-outer);border-radius:var(--radius-small)}
.skip{position:absolute;left:-999px;background:var(--surface);padding:var(--s3)}
.skip:focus{left:var(--s2);top:var(--s2);z-index:1}
.quiet{color:var(--muted);font-size:1rem}
.summary{margin-top:var(--s4)}
.text{white-space:pre-line;max-width:var(--measure)}
form{background:var(--surface);border:1px solid var(--line);border-radius:var(--radius-card);padding:var(--s4);margin:var(--s4) 0 var(--s5);display:grid;gap:var(--s3)}
label{font-weight:550;display:grid;gap:var(--s1)}
label .quiet{font-weight:400}
input,select,button{font:inherit;color:inherit;min-height:var(--touch);border-radius:var(--radius);width:100%;border:1px solid var(--line-strong);background:var(--surface);padding:0 var(--s3);font-weight:400}
button{font-weight:650;background:var(--primary);border-color:var(--primary);color:var(--on-primary);cursor:pointer}
button:hover{background:var(--primary-strong)}
.cards,.plain{list-style:none;margin:0;padding:0}
.card{background:var(--surface);border:1px solid var(--line);border-radius:var(--radius-card);padding:var(--s4);margin-bottom:var(--s3)}
.card h3{font-size:1.1875rem;margin-bottom:var(--s2)}
.card h3 a{display:inline-block;padding:var(--s1) 0}
.card p{margin:var(--s1) 0 0}
.chip{display:inline-flex;align-items:center;gap:6px;border-radius:var(--radius-pill);padding:2px 12px 2px 8px;font-size:1rem;font-weight:550;color:var(--tone-neutral);background:var(--tone-neutral-soft)}
.chip svg,.plain svg,.sentence svg{width:20px;height:20px;flex:none}
.planned,.other{color:var(--tone-neutral);background:var(--tone-neutral-soft)}
.running{color:var(--tone-running);background:var(--tone-running-soft)}
.done{color:var(--tone-good);background:var(--tone-good-soft)}
.held,.cancelled{color:var(--tone-quiet);background:var(--tone-quiet-soft)}
.state{background:var(--surface);border:1px solid var(--line);border-radius:var(--radius);padding:var(--s4);overflow:hidden}
.state p{margin:var(--s2) 0 0}
.state .sentence{display:flex;gap:var(--s2);margin:calc(-1*var(--s4)) calc(-1*var(--s4)) 0;padding:var(--s4);font-size:1.25rem;font-weight:550;line-height:1.35}
.sentence svg{margin-top:4px}
.moved{border-left:4px solid var(--tone-attention);padding-left:var(--s3)}
.plain>li{border-top:1px solid var(--line);padding:var(--s3) 0}
.plain>li:first-child{border-top:0}
.stage{display:flex;gap:var(--s2)}
.stage svg{margin-top:4px;color:var(--muted)}
.stage .ok{color:var(--tone-good)}
dl{margin:0}
dt{color:var(--muted);font-size:1rem}
dd{margin:0 0 var(--s2)}
.answer{border-left:4px solid var(--primary-soft);padding-left:var(--s3);margin:var(--s2) 0 0}
.notice:not(:empty){background:var(--primary-soft);border-radius:var(--radius);padding:var(--s3)}
.new{background:var(--primary-soft);transition:background 2s}
.touch{display:inline-flex;align-items:center;min-height:var(--touch)}
.off{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media(min-width:560px){form{grid-template-columns:1fr 1fr 1fr}form .wide{grid-column:1/-1}dl div{display:grid;grid-template-columns:11rem 1fr}h1{font-size:2rem;line-height:1.2}}
@media(prefers-reduced-motion:reduce){.new{transition:none}}
@media print{form,header a+a,footer,.touch,.pager{display:none}body{border:0}}
`;

// The tokens this page uses, for light and dark by the device's wish: it has no switch of its own.
function usedTokens(css: string): string {
  return css
    .slice(0, css.lastIndexOf(":root[data-theme='dark']"))
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => {
      const name = /^(--[\w-]+):/.exec(line)?.[1];
      return name === undefined || RULES.includes(`var(${name})`);
    })
    .join('')
    .replace(/: /g, ':')
    .replace(/ \{/g, '{')
    .replace(/;\}/g, '}');
}

/** The one stylesheet of the citizens' pages; it stands inside each page. */
export const STYLESHEET = usedTokens(tokensCss()) + RULES.replace(/\n/g, '');

/** For `style-src`: a page that is cached and shared can't carry a nonce that is worth its name, a hash it can. */
export const STYLESHEET_HASH = `'sha256-${createHash('sha256').update(STYLESHEET).digest('base64')}'`;
