import { draftsOf, keepDraft, readDraft, type TextStore } from './drafts.js';

class MapStore implements TextStore {
  private readonly values = new Map<string, string>();
  full = false;
  get length() {
    return this.values.size;
  }
  key(at: number) {
    return [...this.values.keys()][at] ?? null;
  }
  getItem(key: string) {
    return this.values.get(key) ?? null;
  }
  setItem(key: string, value: string) {
    if (this.full) throw new Error('QuotaExceededError');
    this.values.set(key, value);
  }
  removeItem(key: string) {
    this.values.delete(key);
  }
}

const place = { personId: 'sari', taskId: 'task', place: 'thread-1' };

describe('a draft', () => {
  it('comes back after a reload, with what it answers', () => {
    const store = new MapStore();
    expect(keepDraft(store, place, { text: 'Setengah jadi', replyTo: 'm1' })).toBe(true);
    expect(readDraft(store, place)).toEqual({ text: 'Setengah jadi', replyTo: 'm1' });
  });

  it('comes back with the version that it was begun from', () => {
    const store = new MapStore();
    keepDraft(store, place, { text: 'Dua pompa terpasang.', base: 3 });
    expect(readDraft(store, place)).toEqual({ text: 'Dua pompa terpasang.', base: 3 });
  });

  it('belongs to one person, one task and one place', () => {
    const store = new MapStore();
    keepDraft(store, place, { text: 'Rahasia' });
    expect(readDraft(store, { ...place, personId: 'dedi' })).toBeNull();
    expect(readDraft(store, { ...place, place: 'thread-2' })).toBeNull();
    expect(draftsOf(store, 'sari', 'task')).toEqual([{ place: 'thread-1', draft: { text: 'Rahasia' } }]);
    expect(draftsOf(store, 'dedi', 'task')).toEqual([]);
  });

  it('leaves with its text', () => {
    const store = new MapStore();
    keepDraft(store, place, { text: 'Ada' });
    keepDraft(store, place, { text: '  ' });
    expect(store.length).toBe(0);
  });

  it('says when the device has no room for it', () => {
    const store = new MapStore();
    store.full = true;
    expect(keepDraft(store, place, { text: 'Ada' })).toBe(false);
  });

  it('is nothing when something else is stored in its place', () => {
    const store = new MapStore();
    store.setItem('simpul.draft.sari.task.thread-1', '{"text":5}');
    expect(readDraft(store, place)).toBeNull();
    store.setItem('simpul.draft.sari.task.thread-1', 'rusak');
    expect(readDraft(store, place)).toBeNull();
  });
});
