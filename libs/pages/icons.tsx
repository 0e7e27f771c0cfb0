import type { PublicState } from './page-words.js';

/** Three strands that meet. */
const KNOT = 'M4 7c5 0 6 10 12 10h4M4 17c5 0 6-10 12-10h4M4 12h4m3.5 0h1m3.5 0h4';

/** The mark as a file of its own, for tabs and home screens. */
export const FAVICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="6" fill="#0b5a5e"/>' +
  `<path d="${KNOT}" fill="none" stroke="#fff" stroke-width="1.8" stroke-linecap="round"/></svg>`;

type Icon = PublicState | 'open';

const PATHS: Record<Icon, string> = {
  planned:
    'M10.1 2.2a10 10 0 0 1 3.8 0m0 19.6a10 10 0 0 1-3.8 0M17.6 3.7a10 10 0 0 1 2.7 2.7M2.2 13.9a10 10 0 0 1 0-3.8m18.1 7.5a10 10 0 0 1-2.7 2.7M21.8 10.1a10 10 0 0 1 0 3.8M3.7 6.4a10 10 0 0 1 2.7-2.7m0 16.6a10 10 0 0 1-2.7-2.7',
  running: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20m0 9a1 1 0 1 0 0 2 1 1 0 0 0 0-2',
  held: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20M10 15V9m4 6V9',
  done: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20m-3 10 2 2 4-4',
  cancelled: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20M5 5l14 14',
  other: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20',
  open: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20',
};

/** Beside a word, never instead of one. */
export function Icon({ name, className }: { name: Icon; className?: string }) {
  return (
    <svg viewBox="0 0 24 24" className={className} aria-hidden="true">
      <use href={`#i-${name}`} />
    </svg>
  );
}

/** The drawings that a page uses, once. */
export function Drawings({ names }: { names: Iterable<Icon> }) {
  return (
    <svg width="0" height="0" className="off" aria-hidden="true">
      {[...new Set(names)].map((name) => (
        <symbol key={name} id={`i-${name}`} viewBox="0 0 24 24">
          <path d={PATHS[name]} fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
        </symbol>
      ))}
    </svg>
  );
}

export function Knot() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d={KNOT} fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
    </svg>
  );
}

export function Chip({ state, children }: { state: PublicState; children: string }) {
  return (
    <span className={`chip ${state}`}>
      <Icon name={state} />
      {children}
    </span>
  );
}
