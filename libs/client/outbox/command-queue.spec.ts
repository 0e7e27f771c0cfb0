import { LIMITS, OUTBOX_ASK_AFTER_MS } from '#libs/contracts';
import type { Ack, AckRefused, CommandMap, ErrorDetails } from '#libs/contracts';
import { CommandQueue } from './command-queue.js';
import { FakeClock, THREAD } from '../test-support.js';
import type { Transport } from '../wire/transport.js';
import type { PendingCommand } from '../types.js';
import { Wire } from '../wire/wire.js';

const WORKSPACE = 'workspace-1';

interface Sent {
  type: string;
  data: CommandMap['message.post'];
  answer: (ack: Ack) => void;
}

/** A queue on show in a workspace whose history has reached `horizon`, and what it sent. */
function aQueue() {
  const clock = new FakeClock();
  const sent: Sent[] = [];
  const kept = new Map<string, PendingCommand>();
  const done: string[] = [];
  const place = { horizon: 0 };
  const transport: Transport = {
    open: () => undefined,
    close: () => undefined,
    hint: () => undefined,
    renew: () => undefined,
    send: (type, data, answer) => {
      sent.push({ type, data: data as Sent['data'], answer: answer });
    },
  };
  const wire = new Wire(transport, clock, () => undefined);
  const queue = new CommandQueue(WORKSPACE, {
    personId: 'me',
    wire,
    clock,
    random: () => 0.5,
    stamp: () => {
      clock.advance(1);
      return new Date(clock.now()).toISOString();
    },
    keep: (command) => kept.set(command.commandId, command),
    forget: (command) => kept.delete(command.commandId),
    tell: () => undefined,
    done: (command) => done.push(command.commandId),
    refused: () => undefined,
    changed: () => undefined,
    horizon: () => place.horizon,
    isShown: () => false,
  });
  const post = (body: string): string => queue.send('message.post', { threadId: THREAD, body }).commandId;
  const connect = (): void => {
    wire.up();
    queue.open();
  };
  const disconnect = (): void => {
    queue.shut();
    wire.down();
  };
  const bodies = (): string[] => sent.map((one) => one.data.body);
  const states = (): string[] => queue.pending.get().map((command) => command.state);
  return { queue, clock, sent, kept, done, place, post, connect, disconnect, bodies, states };
}

function ok(sent: Sent | undefined, seq: number): void {
  sent?.answer({
    ok: true,
    commandId: sent.data.commandId,
    streamId: WORKSPACE,
    seq,
    at: '2026-11-24T02:00:00.000Z',
  });
}

function refuse<C extends keyof ErrorDetails>(
  sent: Sent | undefined,
  retry: boolean,
  code: C,
  details: ErrorDetails[C],
): void {
  const refusal: AckRefused = { ok: false, retry, error: { code, details } };
  sent?.answer(refusal);
}

describe('CommandQueue', () => {
  it('keeps what is written while offline and sends it in order when it may', () => {
    const { post, connect, bodies, kept, states } = aQueue();
    post('a');
    post('b');
    expect(bodies()).toEqual([]);
    expect(states()).toEqual(['queued', 'queued']);
    expect(kept.size).toBe(2);
    connect();
    expect(bodies()).toEqual(['a', 'b']);
    expect(states()).toEqual(['sending', 'sending']);
  });

  it('names the unanswered command before each message, and none after an answered one', () => {
    const { post, connect, sent } = aQueue();
    connect();
    const first = post('a');
    const second = post('b');
    expect(sent.map((one) => one.data.after)).toEqual([undefined, first]);
    ok(sent[0], 1);
    post('c');
    ok(sent[1], 2);
    ok(sent[2], 3);
    post('d');
    expect(sent.slice(2).map((one) => one.data.after)).toEqual([second, undefined]);
  });

  it('never has more in flight than the limit', () => {
    const { post, connect, sent, bodies } = aQueue();
    for (let i = 0; i < LIMITS.inFlight + 3; i++) post(String(i));
    connect();
    expect(bodies()).toHaveLength(LIMITS.inFlight);
    ok(sent[0], 1);
    expect(bodies()).toHaveLength(LIMITS.inFlight + 1);
  });

  it('lets a command that can name no predecessor wait for all before it', () => {
    const { queue, post, connect, sent } = aQueue();
    connect();
    post('a');
    const { commandId } = queue.send('milestone.change', { milestoneId: 'milestone-1', status: 'DONE' });
    post('b');
    expect(sent.map((one) => one.type)).toEqual(['message.post']);
    ok(sent[0], 1);
    expect(sent.map((one) => one.type)).toEqual(['message.post', 'milestone.change', 'message.post']);
    expect(sent[2]?.data.after).toBe(commandId);
  });

  it('sends again in order what came back out of order because the first failed', () => {
    const { post, connect, sent, bodies, clock } = aQueue();
    connect();
    const first = post('a');
    const second = post('b');
    post('c');
    refuse(sent[0], true, 'unavailable', {});
    refuse(sent[1], true, 'command.out-of-order', { after: first });
    refuse(sent[2], true, 'command.out-of-order', { after: second });
    expect(bodies()).toEqual(['a', 'b', 'c']);
    clock.advance(2_000);
    expect(bodies()).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
    expect(sent.slice(3).map((one) => one.data.after)).toEqual([undefined, first, second]);
  });

  it('does not hammer the server with a message whose predecessor is still unanswered', () => {
    const { post, connect, sent, bodies } = aQueue();
    connect();
    const first = post('a');
    post('b');
    refuse(sent[1], true, 'command.out-of-order', { after: first });
    expect(bodies()).toEqual(['a', 'b']);
    ok(sent[0], 1);
    expect(bodies()).toEqual(['a', 'b', 'b']);
    expect(sent[2]?.data.after).toBeUndefined();
  });

  it('sends the ones behind a refused one without waiting for it', () => {
    const { queue, post, connect, sent, bodies } = aQueue();
    connect();
    const first = post('a');
    post('b');
    refuse(sent[0], false, 'thread.closed', { threadId: THREAD });
    refuse(sent[1], true, 'command.out-of-order', { after: first });
    expect(bodies()).toEqual(['a', 'b', 'b']);
    expect(sent[2]?.data.after).toBeUndefined();
    expect(queue.pending.get()[0]).toMatchObject({ state: 'failed', error: { code: 'thread.closed' } });
  });

  it('waits as long as the server asks when it was too fast', () => {
    const { post, connect, sent, bodies, clock } = aQueue();
    connect();
    post('a');
    refuse(sent[0], true, 'rate-limited', { retryAfterMs: 4_000 });
    clock.advance(3_900);
    expect(bodies()).toEqual(['a']);
    clock.advance(1_200);
    expect(bodies()).toEqual(['a', 'a']);
  });

  it('sends the same id again when no answer comes', () => {
    const { post, connect, sent, clock } = aQueue();
    connect();
    const first = post('a');
    clock.advance(12_000);
    expect(sent.map((one) => one.data.commandId)).toEqual([first, first]);
  });

  it('gives up on a command that the server keeps failing at, so that those behind it can go', () => {
    const { queue, post, connect, sent, clock } = aQueue();
    connect();
    post('a');
    for (let i = 0; i < 5; i++) {
      refuse(sent.at(-1), true, 'internal', {});
      clock.advance(9_000);
    }
    expect(sent).toHaveLength(5);
    expect(queue.pending.get()[0]).toMatchObject({ state: 'failed', error: { code: 'internal' } });
  });

  it('makes everything in flight wait for the next connection, with the same ids', () => {
    const { post, connect, disconnect, sent, states } = aQueue();
    connect();
    const ids = [post('a'), post('b')];
    disconnect();
    expect(states()).toEqual(['queued', 'queued']);
    connect();
    expect(sent.slice(2).map((one) => one.data.commandId)).toEqual(ids);
  });

  it('keeps an answered command pending until its event is on show, and forgets it in the store at once', () => {
    const { queue, post, connect, sent, kept, states, place } = aQueue();
    connect();
    post('a');
    ok(sent[0], 7);
    expect(states()).toEqual(['sending']);
    expect(kept.size).toBe(0);
    place.horizon = 7;
    queue.reached(7);
    expect(states()).toEqual([]);
  });

  it('lets go of a command whose event came before its answer', () => {
    const { queue, post, connect, sent, done, kept, states, place } = aQueue();
    connect();
    const first = post('a');
    place.horizon = 7;
    queue.shown([first]);
    expect(states()).toEqual([]);
    expect(kept.size).toBe(0);
    ok(sent[0], 7);
    expect(done).toEqual([first]);
    expect(states()).toEqual([]);
  });

  it('gives a refused command a new id when it is tried again, since the server remembers the refusal', () => {
    const { queue, post, connect, sent, kept } = aQueue();
    connect();
    const first = post('a');
    refuse(sent[0], false, 'forbidden', { action: 'message.post' });
    queue.retry(first);
    expect(sent[1]?.data.body).toBe('a');
    expect(sent[1]?.data.commandId).not.toBe(first);
    expect([...kept.keys()]).toEqual([sent[1]?.data.commandId]);
  });

  it('asks before it sends what waited for more than a week', () => {
    const { queue, post, connect, sent, clock, states } = aQueue();
    const first = post('a');
    clock.advance(OUTBOX_ASK_AFTER_MS + 1);
    post('b');
    connect();
    expect(sent.map((one) => one.data.body)).toEqual(['b']);
    expect(states()).toEqual(['old', 'sending']);
    queue.retry(first);
    expect(sent[1]?.data).toMatchObject({ commandId: first, body: 'a' });
  });

  it('refuses a frame that is too large before sending it, and keeps its text', () => {
    const { queue, connect, sent, kept } = aQueue();
    connect();
    const body = 'ä'.repeat(LIMITS.frameBytes / 2);
    const command = queue.send('message.post', { threadId: THREAD, body });
    expect(command).toMatchObject({ state: 'failed', error: { code: 'frame-too-large' } });
    expect(kept.get(command.commandId)?.data).toMatchObject({ body });
    expect(sent).toEqual([]);
  });

  it('sends what an earlier page left before what is written now, one at a time', () => {
    const { queue, post, connect, sent, bodies } = aQueue();
    const left = (commandId: string, createdAt: string): PendingCommand => ({
      commandId,
      workspaceId: WORKSPACE,
      type: 'message.post',
      data: { threadId: THREAD, body: commandId },
      createdAt,
      state: 'sending',
    });
    post('now');
    queue.adopt([left('left-1', '2026-11-23T01:00:00.000Z'), left('left-2', '2026-11-23T02:00:00.000Z')]);
    connect();
    expect(bodies()).toEqual(['left-1']);
    ok(sent[0], 1);
    ok(sent[1], 2);
    expect(bodies()).toEqual(['left-1', 'left-2', 'now']);
  });

  it('does not take back from the store what its owner has discarded', () => {
    const { queue, post, kept } = aQueue();
    const first = post('a');
    const read = [...kept.values()];
    queue.discard(first);
    queue.adopt(read);
    expect(queue.pending.get()).toEqual([]);
  });

  it('leaves no timer behind', () => {
    const { queue, post, connect, disconnect, sent, clock } = aQueue();
    connect();
    post('a');
    post('b');
    refuse(sent[0], true, 'unavailable', {});
    disconnect();
    queue.rest();
    expect(clock.waiting).toBe(0);
  });
});
