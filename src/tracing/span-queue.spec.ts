import { ExportResultCode, type ExportResult } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import { SpanQueue } from './span-queue.js';

/** A collector that answers when the test says so. */
class HandExporter implements SpanExporter {
  readonly asked: { names: string[]; answer: (works: boolean) => void }[] = [];
  private wake: () => void = () => undefined;

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    this.asked.push({
      names: spans.map(({ name }) => name),
      answer: (works) => done({ code: works ? ExportResultCode.SUCCESS : ExportResultCode.FAILED }),
    });
    this.wake();
  }

  async times(count: number): Promise<void> {
    while (this.asked.length < count) await new Promise<void>((resolve) => (this.wake = resolve));
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}

const NEVER = { everyMs: 60_000, answerMs: 60_000, stopMs: 60_000 };

function aQueue(limits: ConstructorParameters<typeof SpanQueue>[2]) {
  const exporter = new HandExporter();
  const turns: boolean[] = [];
  const queue = new SpanQueue(exporter, (works) => turns.push(works), { ...NEVER, ...limits });
  const end = (...names: string[]) => names.forEach((name) => queue.onEnd({ name } as ReadableSpan));
  return { exporter, turns, queue, end };
}

it('sends a full batch at once, and the next one when that is answered', async () => {
  const { exporter, queue, end } = aQueue({ together: 2 });
  end('a', 'b', 'c', 'd');
  expect(exporter.asked.map(({ names }) => names)).toEqual([['a', 'b']]);
  exporter.asked[0]?.answer(true);
  await exporter.times(2);
  exporter.asked[1]?.answer(true);
  await queue.forceFlush();
  expect(exporter.asked.map(({ names }) => names)).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
  expect(queue).toMatchObject({ sent: 4, dropped: 0 });
});

it('sends a few after a while', async () => {
  const { exporter, end } = aQueue({ everyMs: 1 });
  end('a');
  expect(exporter.asked).toEqual([]);
  await exporter.times(1);
  expect(exporter.asked[0]?.names).toEqual(['a']);
});

it('throws away what is over the bound, and counts it', async () => {
  const { exporter, queue, end } = aQueue({ together: 1, most: 2 });
  end('under way', 'waits', 'waits', 'over', 'over');
  expect(queue.dropped).toBe(2);
  for (const nth of [0, 1, 2]) {
    await exporter.times(nth + 1);
    exporter.asked[nth]?.answer(true);
  }
  await queue.forceFlush();
  expect(queue).toMatchObject({ sent: 3, dropped: 2 });
});

it('counts what is refused, and says once that it is and once that it is over', async () => {
  const { exporter, turns, queue, end } = aQueue({ together: 1 });
  end('a', 'b', 'c', 'd');
  for (const [nth, works] of [false, false, true, true].entries()) {
    await exporter.times(nth + 1);
    exporter.asked[nth]?.answer(works);
  }
  await queue.forceFlush();
  expect(queue).toMatchObject({ sent: 2, dropped: 2 });
  expect(turns).toEqual([false, true]);
});

it('goes on when an answer does not come, and counts a late one no more', async () => {
  const { exporter, queue, end } = aQueue({ together: 1, answerMs: 1 });
  end('a');
  await queue.forceFlush();
  expect(queue).toMatchObject({ sent: 0, dropped: 1 });
  exporter.asked[0]?.answer(true);
  end('b');
  exporter.asked[1]?.answer(true);
  await queue.forceFlush();
  expect(queue).toMatchObject({ sent: 1, dropped: 1 });
});

it('goes on after spans that cannot be written down', async () => {
  const { exporter, queue, end } = aQueue({ together: 1 });
  exporter.export = () => {
    throw new Error('circular');
  };
  end('a');
  await queue.forceFlush();
  expect(queue.dropped).toBe(1);
});

it('a stop sends the rest, but waits only so long', async () => {
  const polite = aQueue({});
  polite.end('a');
  const stopped = polite.queue.shutdown();
  polite.exporter.asked[0]?.answer(true);
  await stopped;
  polite.end('too late');
  expect(polite.queue).toMatchObject({ sent: 1, dropped: 1 });

  const hanging = aQueue({ together: 1, stopMs: 1 });
  hanging.end('under way', 'waits');
  await hanging.queue.shutdown();
  expect(hanging.queue).toMatchObject({ sent: 0, dropped: 2 });
});
