import type { PendingCommand } from '../types.js';

/** Where unsent commands outlive the page. Keyed by person: another person on the same PC never sees or sends them. */
export interface OutboxStore {
  /** Other tabs of this person see the same entries. */
  readonly shared: boolean;
  /** In order of `createdAt`. */
  all(personId: string): Promise<PendingCommand[]>;
  put(personId: string, command: PendingCommand): Promise<void>;
  remove(personId: string, commandId: string): Promise<void>;
}

/** Lives as long as its object: for tests, the load generator, and browsers that refuse IndexedDB. */
export class MemoryOutbox implements OutboxStore {
  readonly shared = false;
  private readonly persons = new Map<string, Map<string, PendingCommand>>();

  async all(personId: string): Promise<PendingCommand[]> {
    return [...(this.persons.get(personId)?.values() ?? [])].sort(byCreation);
  }

  async put(personId: string, command: PendingCommand): Promise<void> {
    const own = this.persons.get(personId) ?? new Map<string, PendingCommand>();
    this.persons.set(personId, own.set(command.commandId, command));
  }

  async remove(personId: string, commandId: string): Promise<void> {
    this.persons.get(personId)?.delete(commandId);
  }
}

export function byCreation(a: PendingCommand, b: PendingCommand): number {
  if (a.createdAt === b.createdAt) return 0;
  return a.createdAt < b.createdAt ? -1 : 1;
}
