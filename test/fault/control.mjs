/**
 * Loaded before an instance (`--import`), so that tests can hurt it from inside without a switch in the product. At
 * SIGUSR2 it reads what to do from its control file and removes the file, which says "understood":
 *   { kill: { point, after } }      ends like `kill -9` when the point is passed for the `after`-th time
 *   { hints: { drop, twice, late } }  shares of hints to lose, send twice, or hold back behind later ones
 *   { throws: true }                the handler that opens threads breaks
 */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const dist = (path) => import(new URL(`../../dist/${path}`, import.meta.url).href);
const { AppendQueue } = await dist('libs/database/append.js');
const { StreamHub } = await dist('libs/realtime/stream-hub.js');
const { DiscussionService } = await dist('src/discussion/discussion.service.js');

const file = join(process.env.SIMPUL_FAULT_CONTROL, `${process.env.SIMPUL_INSTANCE}.json`);
let wished = {};
/** What the test wants at this moment. */
export const wish = () => wished;

process.on('SIGUSR2', () => {
  wished = JSON.parse(readFileSync(file, 'utf8'));
  rmSync(file);
});

function pass(point) {
  const { kill } = wished;
  if (kill?.point === point && --kill.after <= 0) process.kill(process.pid, 'SIGKILL');
}

const { write, settle } = AppendQueue.prototype;
AppendQueue.prototype.write = async function (batch) {
  pass('before commit');
  const written = write.call(this, batch);
  // The statement is on its way; whether it is carried out nobody here will ever know.
  setImmediate(() => pass('while committing'));
  const rows = await written;
  pass('before publish');
  return rows;
};
AppendQueue.prototype.settle = function (batch, rows) {
  const dies = wished.kill?.point === 'before ack' && --wished.kill.after <= 0;
  if (dies) {
    for (const entry of batch) entry.resolve = () => undefined;
    // What was published gets the time to leave.
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 30);
  }
  return settle.call(this, batch, rows);
};

const { committed } = StreamHub.prototype;
StreamHub.prototype.committed = function (frames) {
  if (!this.fanout.mangled) {
    this.fanout.mangled = true;
    const { publish } = this.fanout;
    this.fanout.publish = (channel, message) => {
      const send = () => publish.call(this.fanout, channel, message);
      const { drop = 0, twice = 0, late = 0 } = wished.hints ?? {};
      if (Math.random() < drop) return;
      if (Math.random() < late) setTimeout(send, 5 + Math.random() * 60);
      else send();
      if (Math.random() < twice) send();
    };
  }
  return committed.call(this, frames);
};

const { openThread } = DiscussionService.prototype;
DiscussionService.prototype.openThread = function (actor, thread) {
  if (wished.throws) throw new TypeError('a fault that a test put here');
  return openThread.call(this, actor, thread);
};
