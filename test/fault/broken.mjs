/**
 * Loaded beside control.mjs: servers that are wrong on purpose, to show that the checker sees it. `{ broken: name }`
 * in the control file says which one; what is wrong in the database itself the test does with SQL.
 */
import { wish } from './control.mjs';

const dist = (path) => import(new URL(`../../dist/${path}`, import.meta.url).href);
const { AppendQueue } = await dist('libs/database/append.js');
const { StreamHub } = await dist('libs/realtime/stream-hub.js');
const { WorkspaceRooms } = await dist('src/realtime/workspace-rooms.js');

const is = (name) => wish().broken === name;
/** The same object with some of its fields replaced. */
const like = (object, fields) => Object.assign(Object.create(object), fields);
const nothing = () => undefined;

const { write, settle } = AppendQueue.prototype;
let batches = 0;

AppendQueue.prototype.write = async function (batch) {
  const publishes = is('publish before commit');
  if (publishes || is('acknowledge before commit')) {
    return this.source.transaction(async (source) => {
      const rows = await write.call(like(this, { source }), batch);
      const unanswered = batch.map((entry) => ({ ...entry, resolve: nothing, reject: nothing }));
      if (publishes) settle.call(this, unanswered, rows);
      else settle.call(like(this, { committed: nothing }), batch, rows);
      // What may happen to any transaction before its commit.
      if (++batches % 5 === 0) throw Object.assign(new Error('rolled back'), { code: '40001' });
      return rows;
    });
  }
  return write.call(this, batch);
};

const { accept } = StreamHub.prototype;
StreamHub.prototype.accept = function (frame) {
  const stream = this.streams.get(frame.streamId);
  if (!is('hub does not look at numbers') || !stream?.epoch) return accept.call(this, frame);
  stream.seq = stream.heard = Math.max(stream.seq, frame.events.at(-1).seq);
  stream.ring = [];
  for (const listener of stream.listeners) listener.events(frame);
};

const { rightsChanged } = WorkspaceRooms.prototype;
WorkspaceRooms.prototype.rightsChanged = function (room, rest) {
  if (!is('removed members stay in the room')) return rightsChanged.call(this, room, rest);
  for (const frame of rest) this.emit(room, frame);
};
