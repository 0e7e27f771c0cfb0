import { AppError, type CatchUpAnswer, type CatchUpItem, type WorkspaceEvent } from '#libs/contracts';
import { CatchUp } from './catch-up.js';
import { aPosted, FakeClock, settle } from '../test-support.js';

const change = (...seqs: number[]): CatchUpItem =>
  ({ section: 'STATUS', key: `status ${seqs.join()}`, event: {}, seqs }) as unknown as CatchUpItem;
const mine = { section: 'MINE', key: 'mine:task', row: {} } as unknown as CatchUpItem;
const answer = (head: number, items: CatchUpItem[] = [], more = false): CatchUpAnswer => ({
  ...{ first: false, since: null, head, items, more },
});
const status = (seq: number, by = 'other'): WorkspaceEvent =>
  ({ seq, type: 'task.status-changed', actor: { id: by }, data: {} }) as unknown as WorkspaceEvent;

function visit() {
  const waiting: { resolve: (answer: never) => void; reject: (error: unknown) => void }[] = [];
  const asked: [name: string, data: Record<string, unknown>][] = [];
  const wire = {
    online: true,
    request: (name: string, data: Record<string, unknown>) => {
      const { workspaceId: _, ...rest } = data;
      asked.push([name, rest]);
      return new Promise<never>((resolve, reject) => waiting.push({ resolve, reject }));
    },
  };
  const clock = new FakeClock();
  const it = new CatchUp('workspace-1', { personId: 'me', wire: wire as never, clock });
  const reply = async (data: object = {}) => {
    waiting.shift()?.resolve(data as never);
    await settle();
  };
  const refuse = async (error: unknown) => {
    waiting.shift()?.reject(error);
    await settle();
  };
  const left = () => it.view.get().items.map(({ key }) => key);
  const told = () => asked.filter(([name]) => name === 'catch-up.seen').map(([, data]) => data);
  const questions = () => asked.filter(([name]) => name === 'catch-up.read').length;
  return { it, wire, clock, reply, refuse, left, told, questions };
}

describe('a visit', () => {
  it('with nothing missed goes on to where the history is, and with what happens before the eyes', async () => {
    const { it, clock, reply, told } = visit();
    it.arrive();
    await reply(answer(7));
    clock.advance(1_000);
    expect(told()).toEqual([{ upTo: 7 }]);
    await reply();
    it.applied(status(8));
    it.applied(status(9));
    it.applied(status(10, 'me'));
    it.applied(aPosted(11, { no: 1 }));
    clock.advance(1_000);
    expect(told()).toEqual([{ upTo: 7 }, { upTo: 9 }]);
  });

  it('begins nowhere else while something is left, and what addresses the person does not hold it', async () => {
    const { it, clock, reply, left, told } = visit();
    it.arrive();
    await reply(answer(7, [change(6, 4), mine, change(5)]));
    it.applied(status(8));
    clock.advance(5_000);
    expect(told()).toEqual([]);
    it.see([6, 4]);
    clock.advance(0);
    expect([left(), told()]).toEqual([['mine:task', 'status 5'], [{ seqs: [6, 4] }]]);
    await reply();
    it.see([5]);
    clock.advance(0);
    await reply();
    clock.advance(1_000);
    expect([left(), told().at(-1)]).toEqual([['mine:task'], { upTo: 8 }]);
  });

  it('is seen as a whole in one press, with what came since', async () => {
    const { it, clock, reply, left, told } = visit();
    it.arrive();
    await reply(answer(7, [change(6), mine], true));
    it.applied(status(8));
    it.seeAll();
    clock.advance(0);
    expect([left(), it.view.get().more, told()]).toEqual([['mine:task'], false, [{ upTo: 8 }]]);
  });

  it('is interrupted by looking away: what happens meanwhile is asked for, and nothing is asked twice', async () => {
    const { it, clock, reply, left, told, questions } = visit();
    it.arrive();
    await reply(answer(7));
    clock.advance(1_000);
    await reply();
    it.depart();
    it.arrive();
    expect(questions()).toBe(1);
    it.depart();
    it.applied(status(8));
    it.arrive();
    it.arrive();
    expect(questions()).toBe(2);
    await reply(answer(8, [change(8)]));
    clock.advance(5_000);
    expect([left(), told()]).toEqual([['status 8'], [{ upTo: 7 }]]);
  });

  it('is interrupted by the loss of the connection, and what was seen without one is told later', async () => {
    const { it, wire, clock, reply, left, told, questions } = visit();
    it.arrive();
    await reply(answer(7, [change(6)]));
    wire.online = false;
    it.disconnected();
    it.see([6]);
    clock.advance(1_000);
    expect([left(), told()]).toEqual([[], []]);
    wire.online = true;
    it.applied(status(8));
    it.joined();
    clock.advance(0);
    expect([questions(), told()]).toEqual([2, [{ seqs: [6] }]]);
    // The server had not heard it yet.
    await reply(answer(8, [change(8), change(6)]));
    expect(left()).toEqual(['status 8']);
  });

  it('asks for what is older when all that was told is seen', async () => {
    const { it, clock, reply, left, questions } = visit();
    it.arrive();
    await reply(answer(9, [change(9)], true));
    it.see([9]);
    clock.advance(0);
    await reply();
    expect(questions()).toBe(2);
    await reply(answer(9, [change(3)]));
    expect(left()).toEqual(['status 3']);
  });

  it('says so when it could not be asked, and asks again when wished', async () => {
    const { it, refuse, reply } = visit();
    it.arrive();
    await refuse(new AppError('unavailable', {}));
    expect(it.view.get()).toMatchObject({ status: 'error', error: { code: 'unavailable' } });
    it.look();
    await reply(answer(3));
    expect(it.view.get()).toMatchObject({ status: 'ready', items: [] });
  });

  it('forgets what a server refuses for good', async () => {
    const { it, clock, reply, refuse, told } = visit();
    it.arrive();
    await reply(answer(7, [change(6)]));
    it.see([6]);
    clock.advance(0);
    await refuse(new AppError('not-found', {}));
    it.joined();
    clock.advance(0);
    expect(told()).toHaveLength(1);
    it.clear();
    expect(it.view.get().status).toBe('loading');
  });
});
