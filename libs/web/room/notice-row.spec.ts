import { placeOfRow } from './notice-row.js';

describe('where a row of the inbox leads', () => {
  it.each([
    ['to the first message it stands for', 'thread:t', 7, { topik: 't', pesan: 7 }],
    ['to the topic, when no message is meant', 'thread:t', null, { topik: 't' }],
    ['to the part of the task', 'milestone:m', null, { tab: 'tahapan' }],
    ['to the very handover', 'handover:h', null, { tab: 'serah-terima', serahTerima: 'h' }],
    ['to the very decision', 'decision:d', null, { tab: 'keputusan', keputusan: 'd' }],
    ['to the files', 'files', null, { tab: 'berkas' }],
    ['to the task itself', 'task', null, {}],
    ['to the team, for a unit that was asked', 'opd:o', null, { tab: 'tim' }],
  ] as const)('%s', (_, topic, messageNo, place) => {
    expect(placeOfRow({ topic, place: { seq: 3, messageNo } })).toEqual(place);
  });
});
