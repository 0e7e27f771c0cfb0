import 'fake-indexeddb/auto';
import { IndexedDbOutbox } from './indexed-db.outbox.js';
import { MemoryOutbox, type OutboxStore } from './outbox-store.js';
import type { PendingCommand } from '../types.js';

const aCommand = (commandId: string, createdAt: string): PendingCommand => ({
  commandId,
  workspaceId: 'workspace-1',
  type: 'message.post',
  data: { threadId: 'thread-1', body: `body of ${commandId}` },
  createdAt,
  state: 'queued',
});
const early = aCommand('b', '2026-11-24T01:00:00.000Z');
const late = aCommand('a', '2026-11-24T02:00:00.000Z');

let databases = 0;

describe.each<[string, () => OutboxStore]>([
  ['MemoryOutbox', () => new MemoryOutbox()],
  ['IndexedDbOutbox', () => new IndexedDbOutbox(`simpul-${databases++}`)],
])('%s', (_name, open) => {
  it('gives back what was put, in order of creation', async () => {
    const store = open();
    await store.put('me', late);
    await store.put('me', early);
    expect(await store.all('me')).toEqual([early, late]);
  });

  it('shows a person nothing of another', async () => {
    const store = open();
    await store.put('me', early);
    await store.put('me-too', late);
    expect(await store.all('me')).toEqual([early]);
    expect(await store.all('nobody')).toEqual([]);
  });

  it('replaces a command that is put again', async () => {
    const store = open();
    await store.put('me', early);
    await store.put('me', { ...early, state: 'failed', error: { code: 'internal', details: {} } });
    expect(await store.all('me')).toEqual([
      { ...early, state: 'failed', error: { code: 'internal', details: {} } },
    ]);
  });

  it('forgets a removed command, and does not mind one that it never had', async () => {
    const store = open();
    await store.put('me', early);
    await store.remove('me', early.commandId);
    await store.remove('me', 'unknown');
    await store.remove('nobody', early.commandId);
    expect(await store.all('me')).toEqual([]);
  });
});

describe('IndexedDbOutbox', () => {
  it('finds again what an earlier page left', async () => {
    const page = new IndexedDbOutbox('simpul-kept');
    await page.put('me', early);
    await page.close();
    expect(await new IndexedDbOutbox('simpul-kept').all('me')).toEqual([early]);
  });

  it('removes after it has put when both are asked at once', async () => {
    const store = new IndexedDbOutbox('simpul-order');
    await Promise.all([store.put('me', early), store.remove('me', early.commandId)]);
    expect(await store.all('me')).toEqual([]);
  });
});
