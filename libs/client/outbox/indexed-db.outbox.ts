import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { byCreation, type OutboxStore } from './outbox-store.js';
import type { PendingCommand } from '../types.js';

interface Schema extends DBSchema {
  outbox: {
    key: [personId: string, commandId: string];
    value: { personId: string; commandId: string; command: PendingCommand };
    indexes: { byPerson: string };
  };
}

/** Unsent commands in the browser's database `simpul`: they survive the page, the browser and a power cut. */
export class IndexedDbOutbox implements OutboxStore {
  readonly shared = true;
  private opening: Promise<IDBPDatabase<Schema>> | null = null;

  constructor(private readonly name = 'simpul') {}

  async all(personId: string): Promise<PendingCommand[]> {
    const database = await this.open();
    const rows = await database.getAllFromIndex('outbox', 'byPerson', personId);
    return rows.map((row) => row.command).sort(byCreation);
  }

  async put(personId: string, command: PendingCommand): Promise<void> {
    const database = await this.open();
    await database.put('outbox', { personId, commandId: command.commandId, command });
  }

  async remove(personId: string, commandId: string): Promise<void> {
    const database = await this.open();
    await database.delete('outbox', [personId, commandId]);
  }

  async close(): Promise<void> {
    const opening = this.opening;
    this.opening = null;
    // `close` comes from the DOM's types, which the build for Node does not have.
    const database = (await opening) as unknown as { close(): void } | null;
    database?.close();
  }

  private open(): Promise<IDBPDatabase<Schema>> {
    this.opening ??= openDB<Schema>(this.name, 1, {
      upgrade(database) {
        const outbox = database.createObjectStore('outbox', { keyPath: ['personId', 'commandId'] });
        outbox.createIndex('byPerson', 'personId');
      },
      // A newer build in another tab wants to change the shape: let it, and open anew with the next call.
      blocking: () => void this.close(),
      terminated: () => {
        this.opening = null;
      },
    }).catch((error: unknown) => {
      this.opening = null;
      throw error;
    });
    return this.opening;
  }
}
