import { workspaceSearch } from './place.js';

describe('the address of a workspace', () => {
  const topik = 'b6f2c1de-7d5a-4a52-9a04-1f4dfc0e0b11';

  it('carries the part and the topic', () => {
    expect(workspaceSearch({ tab: 'riwayat', topik })).toEqual({ tab: 'riwayat', topik });
  });

  it('carries the number of a message, but only within a topic', () => {
    expect(workspaceSearch({ topik, pesan: '12' })).toEqual({ topik, pesan: 12 });
    expect(workspaceSearch({ pesan: '12' })).toEqual({});
    for (const pesan of ['0', '-1', '1.5', 'x', '99999999999']) {
      expect(workspaceSearch({ topik, pesan })).toEqual({ topik });
    }
  });

  it('carries a decision, but only beside the decisions', () => {
    const keputusan = topik;
    expect(workspaceSearch({ tab: 'keputusan', keputusan })).toEqual({ tab: 'keputusan', keputusan });
    expect(workspaceSearch({ tab: 'riwayat', keputusan })).toEqual({ tab: 'riwayat' });
    expect(workspaceSearch({ tab: 'keputusan', keputusan: 'x' })).toEqual({ tab: 'keputusan' });
  });

  it('leads to what was missed, which is no tab', () => {
    expect(workspaceSearch({ tab: 'kejar', topik })).toEqual({ tab: 'kejar', topik });
  });

  it('leaves out the part a workspace opens with anyway', () => {
    expect(workspaceSearch({ tab: 'diskusi' })).toEqual({});
  });

  it('leaves out what does not fit', () => {
    expect(workspaceSearch({ tab: 'rahasia', topik: '<script>', other: 1 })).toEqual({});
    expect(workspaceSearch({ topik: 5 })).toEqual({});
  });
});
