import { setTimeout as pause } from 'node:timers/promises';
import { AccessCache } from './access.cache.js';

function counted() {
  let asked = 0;
  return { load: () => Promise.resolve(++asked), asked: () => asked };
}

describe('AccessCache', () => {
  it('asks once for all who want to know the same at the same time, and lets them go on in order', async () => {
    const cache = new AccessCache<number>();
    let answer: (value: number) => void = () => undefined;
    let asked = 0;
    const load = () => {
      asked++;
      return new Promise<number>((resolve) => (answer = resolve));
    };
    const order: number[] = [];
    const callers = [1, 2, 3].map(async (n) => {
      await cache.get('w', 'p', load);
      order.push(n);
    });
    answer(7);
    const late = cache.get('w', 'p', load).then(() => order.push(4));
    await Promise.all([...callers, late]);
    expect(asked).toBe(1);
    expect(order).toEqual([1, 2, 3, 4]);
  });

  it('does not answer with the refusal of a question that was asked before', async () => {
    const cache = new AccessCache<string>();
    let refuse: (error: Error) => void = () => undefined;
    const early = cache.getOrAsk('w', 'p', () => new Promise((_, reject) => (refuse = reject)));
    const late = cache.getOrAsk('w', 'p', () => Promise.resolve('member'));
    refuse(new Error('not yet a member'));
    await expect(early).rejects.toThrow('not yet a member');
    expect(await late).toBe('member');
  });

  it('keeps persons and workspaces apart', async () => {
    const cache = new AccessCache<string>();
    expect(await cache.get('w', 'p', () => Promise.resolve('a'))).toBe('a');
    expect(await cache.get('w', 'q', () => Promise.resolve('b'))).toBe('b');
    expect(await cache.get('v', 'p', () => Promise.resolve('c'))).toBe('c');
  });

  it('asks again when an answer has grown old', async () => {
    const cache = new AccessCache<number>(20);
    const { load } = counted();
    await cache.get('w', 'p', load);
    await pause(30);
    expect(await cache.get('w', 'p', load)).toBe(2);
  });

  it('forgets one workspace, or all', async () => {
    const cache = new AccessCache<number>();
    const { load } = counted();
    await cache.get('w', 'p', load);
    await cache.get('v', 'p', load);
    cache.forget('w');
    expect(await cache.get('v', 'p', load)).toBe(2);
    expect(await cache.get('w', 'p', load)).toBe(3);
    cache.clear();
    expect(await cache.get('v', 'p', load)).toBe(4);
  });

  it('does not keep a refusal', async () => {
    const cache = new AccessCache<number>();
    await expect(cache.get('w', 'p', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await cache.get('w', 'p', () => Promise.resolve(1))).toBe(1);
  });

  it('renews an answer once for all who found it old', async () => {
    const cache = new AccessCache<number>();
    const { load, asked } = counted();
    const old = cache.get('w', 'p', load);
    await old;
    const renewed = [cache.renew('w', 'p', old, load), cache.renew('w', 'p', old, load)];
    expect(await Promise.all(renewed)).toEqual([2, 2]);
    expect(asked()).toBe(2);
  });

  it('stays within its bound by forgetting what was looked up longest ago', async () => {
    const cache = new AccessCache<number>(60_000, 3);
    const { load, asked } = counted();
    for (const workspace of ['a', 'b', 'c', 'd']) await cache.get(workspace, 'p', load);
    await cache.get('d', 'p', load);
    expect(asked()).toBe(4);
    await cache.get('a', 'p', load);
    expect(asked()).toBe(5);
  });
});
