import { loadWords } from '#libs/content';
import { transitionWords } from './transitions.js';

const words = await loadWords('id');

describe('a change of status', () => {
  it('is worded by where it comes from', () => {
    const action = (from: 'ASSIGNED' | 'BLOCKED' | 'IN_VERIFICATION' | 'COMPLETED') =>
      transitionWords(from, 'IN_PROGRESS', words.workspace).action;
    expect([action('ASSIGNED'), action('BLOCKED'), action('IN_VERIFICATION'), action('COMPLETED')]).toEqual([
      'Mulai dikerjakan',
      'Lanjutkan',
      'Kembalikan untuk diperbaiki',
      'Buka kembali',
    ]);
  });
});
