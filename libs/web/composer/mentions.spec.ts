import type { Candidate } from './mentions.js';
import { fitting, mentionAt, mentionsIn } from './mentions.js';

const sari: Candidate = { kind: 'PERSON', id: 's', label: 'Sari Wulandari', about: 'BPBD' };
const dedi: Candidate = { kind: 'PERSON', id: 'd', label: 'Dedi Kurniawan', about: 'Dinas PUPR' };
const pupr: Candidate = { kind: 'OPD', id: 'p', label: 'Dinas PUPR', about: 'Dinas Pekerjaan Umum' };
const everybody = [sari, dedi, pupr];

describe('a mention', () => {
  it('is being written from its @ to the caret', () => {
    expect(mentionAt('Mohon @Sa', 9)).toEqual({ from: 6, query: 'Sa' });
    expect(mentionAt('@', 1)).toEqual({ from: 0, query: '' });
    expect(mentionAt('surel a@b', 9)).toBeNull();
    expect(mentionAt('@Sari\nlalu', 10)).toBeNull();
    expect(mentionAt('tanpa', 5)).toBeNull();
  });

  it('is found by the beginning of any word of a name or a unit', () => {
    expect(fitting(everybody, '')).toEqual(everybody);
    expect(fitting(everybody, 'wul')).toEqual([sari]);
    expect(fitting(everybody, 'sari w')).toEqual([sari]);
    expect(fitting(everybody, 'ari')).toEqual([]);
  });

  it('of a unit comes before its people, however many they are', () => {
    const colleagues = Array.from({ length: 9 }, (_, i) => ({ ...dedi, id: `d${i}` }));
    expect(fitting([...colleagues, pupr], 'pupr')).toEqual([pupr, ...colleagues.slice(0, 7)]);
  });

  it('is what the text says when it is sent, once each', () => {
    const text = '@Sari Wulandari dan @Dinas PUPR, lihat @Sari Wulandari. @Dedi belum.';
    expect(mentionsIn(text, everybody)).toEqual([
      { kind: 'PERSON', id: 's' },
      { kind: 'OPD', id: 'p' },
    ]);
  });
});
