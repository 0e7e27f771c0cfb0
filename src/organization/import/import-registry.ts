import { Injectable } from '@nestjs/common';
import type { Importer } from './report.js';

/** What can be imported, by kind. A feature adds its own importer when its module starts. */
@Injectable()
export class ImportRegistry {
  private readonly importers = new Map<string, Importer>();

  register(importer: Importer): void {
    if (this.importers.has(importer.kind)) throw new Error(`importer ${importer.kind} is registered twice`);
    this.importers.set(importer.kind, importer);
  }

  get(kind: string): Importer | undefined {
    return this.importers.get(kind);
  }

  all(): Importer[] {
    return [...this.importers.values()];
  }
}
