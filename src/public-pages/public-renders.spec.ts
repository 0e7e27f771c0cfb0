import { gunzipSync } from 'node:zlib';
import { Rendered } from './public-renders.js';

it('is compressed once for all who ask for it at the same time, and after', async () => {
  const rendered = new Rendered(Buffer.from('halaman publik '.repeat(500)));
  const all = await Promise.all([rendered.zipped(), rendered.zipped(), rendered.zipped()]);
  const [first] = all;
  for (const each of [...all, await rendered.zipped()]) expect(each).toBe(first);
  expect(first.length).toBeLessThan(rendered.body.length / 10);
  expect(gunzipSync(first).equals(rendered.body)).toBe(true);
});

it('has a tag that is the same for the same bytes only', () => {
  const tag = (text: string) => new Rendered(Buffer.from(text)).etag;
  expect(tag('satu')).toMatch(/^W\/"[A-Za-z0-9_-]{22}"$/);
  expect(tag('satu')).toBe(tag('satu'));
  expect(tag('satu')).not.toBe(tag('dua'));
});
