import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const KB = 1000;
/** Gzip limits of the client; the build fails above them. */
const LIMITS = { firstJs: 135 * KB, css: 15 * KB, routeJs: 40 * KB, routeCss: 6 * KB, font: 30 * KB };

/** Measures what a first visit loads and what each route adds, prints it, and stops a build that grew too large. */
export function budgets(): Plugin {
  return {
    name: 'simpul-budgets',
    apply: 'build',
    generateBundle(_options, bundle) {
      const size = (source: string | Uint8Array) => gzipSync(source).length;
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));

      const first = new Set<string>();
      const visit = (name: string) => {
        if (first.has(name)) return;
        first.add(name);
        for (const next of byName.get(name)?.imports ?? []) visit(next);
      };
      for (const chunk of chunks) if (chunk.isEntry) visit(chunk.fileName);

      const lines: string[] = [];
      const problems: string[] = [];
      const check = (what: string, bytes: number, limit: number) => {
        lines.push(`${what}: ${(bytes / KB).toFixed(1)} kB of ${limit / KB} kB`);
        if (bytes > limit)
          problems.push(`${what} is ${(bytes / KB).toFixed(1)} kB gzip; the limit is ${limit / KB} kB`);
      };

      let firstJs = 0;
      for (const name of first) firstJs += size(byName.get(name)?.code ?? '');
      check('first-load JS', firstJs, LIMITS.firstJs);

      const firstCss = new Set(
        [...first].flatMap((name) => [...(byName.get(name)?.viteMetadata?.importedCss ?? [])]),
      );
      let css = 0;
      for (const file of Object.values(bundle)) {
        if (file.type !== 'asset') continue;
        if (firstCss.has(file.fileName)) css += size(file.source);
        else if (file.fileName.endsWith('.css')) check(file.fileName, size(file.source), LIMITS.routeCss);
        if (file.fileName.endsWith('.woff2')) check(file.fileName, file.source.length, LIMITS.font);
      }
      check('first-load CSS', css, LIMITS.css);

      for (const chunk of chunks) {
        if (!first.has(chunk.fileName)) check(chunk.fileName, size(chunk.code), LIMITS.routeJs);
      }
      for (const line of lines) this.info(line);
      if (problems.length > 0) this.error(problems.join('\n'));
    },
  };
}
