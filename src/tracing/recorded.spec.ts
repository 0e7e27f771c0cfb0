import { trace } from '@opentelemetry/api';
import { contextOf } from './recorded.js';

const NAME = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

it('reads a sampled traceparent', () => {
  const context = contextOf(NAME);
  expect(context && trace.getSpanContext(context)).toEqual({
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    traceFlags: 1,
    isRemote: true,
  });
});

it.each([
  ['not sampled', NAME.replace(/01$/, '00')],
  ['all zeros', '00-00000000000000000000000000000000-b7ad6b7169203331-01'],
  ['longer', `${NAME}-x`],
  ['upper case', NAME.toUpperCase()],
  ['a number', 7],
  ['nothing', undefined],
])('takes no parent from what is %s', (_, name) => {
  expect(contextOf(name)).toBeUndefined();
});
