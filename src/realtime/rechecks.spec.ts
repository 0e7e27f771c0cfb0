import { Environment } from '../config/environment.js';
import { Rechecks } from './rechecks.js';

const forPool = (poolSize: number) => new Rechecks(Object.assign(new Environment(), { poolSize }));

/** Looks that end when told to. */
function looks(rechecks: Rechecks, count: number) {
  const begun: number[] = [];
  const end: ((error?: Error) => void)[] = [];
  const results = Array.from({ length: count }, (_, i) =>
    rechecks.run(() => {
      begun.push(i);
      return new Promise<number>((resolve, reject) => {
        end[i] = (error) => (error ? reject(error) : resolve(i));
      });
    }),
  );
  return { begun, end: (i: number, error?: Error) => end[i]?.(error), results };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

it.each([
  [8, 4],
  [3, 1],
  [1, 1],
])('of a pool of %i connections it takes at most %i', async (poolSize, limit) => {
  const { begun, end, results } = looks(forPool(poolSize), limit + 2);
  await turn();
  expect(begun).toHaveLength(limit);
  for (let i = 0; i < limit + 2; i++) {
    end(i);
    await results[i];
    await turn();
    expect(begun).toHaveLength(Math.min(limit + 2, limit + i + 1));
  }
});

it('goes on in order after one that fails, and answers with its failure', async () => {
  const { begun, end, results } = looks(forPool(2), 3);
  end(0, new Error('away'));
  await expect(results[0]).rejects.toThrow('away');
  await turn();
  expect(begun).toEqual([0, 1]);
  end(1);
  expect(await results[1]).toBe(1);
  await turn();
  end(2);
  expect(await results[2]).toBe(2);
});
