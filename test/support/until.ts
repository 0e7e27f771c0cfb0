import { setTimeout as delay } from 'node:timers/promises';

/** Waits for a thing, not for a time. @throws with the thing when it does not come */
export async function until(isSo: () => boolean | Promise<boolean>, ms = 5_000): Promise<void> {
  const end = performance.now() + ms;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`did not become true within ${ms} ms: ${isSo.toString()}`);
    await delay(10);
  }
}
