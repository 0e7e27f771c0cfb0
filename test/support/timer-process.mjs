/**
 * An instance that fires timers of the kind `effect`, in a process of its own, for tests to kill:
 * timer-process.mjs <database url> <at>. In the middle of its timer number <at> it says so, and waits to be told to go on.
 */
import { once } from 'node:events';
import './typescript.mjs';

const { DataSource } = await import('typeorm');
const { dataSourceOptions, TimerWorker } = await import('#libs/database');

const [, , url, at] = process.argv;
const goOn = once(process, 'message');
const source = await new DataSource(dataSourceOptions(url, 2)).initialize();
let count = 0;
const effect = {
  async fire(tx, { key }) {
    await tx.query('INSERT INTO effects (key, pid) VALUES ($1, $2)', [key, process.pid]);
    count += 1;
    if (count === Number(at)) {
      process.send('in the middle');
      await goOn;
    }
    return undefined;
  },
};
const worker = new TimerWorker(source, new Map([['effect', effect]]), (error) => console.error(error));
worker.start();
