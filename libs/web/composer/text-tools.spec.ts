import { applyTool } from './text-tools.js';

describe('the tools above the field', () => {
  it('put marks around what is selected, and take them away again', () => {
    const bold = applyTool('bold', { text: 'alat datang', from: 5, to: 11 });
    expect(bold).toEqual({ text: 'alat **datang**', from: 7, to: 13 });
    expect(applyTool('bold', bold)).toEqual({ text: 'alat datang', from: 5, to: 11 });
    expect(applyTool('code', { text: '', from: 0, to: 0 })).toEqual({ text: '``', from: 1, to: 1 });
  });

  it('put a mark before each line, and take it away again', () => {
    const list = applyTool('list', { text: 'a\nb\nc', from: 0, to: 3 });
    expect(list).toEqual({ text: '- a\n- b\nc', from: 0, to: 7 });
    expect(applyTool('list', list)).toEqual({ text: 'a\nb\nc', from: 0, to: 3 });
    expect(applyTool('quote', { text: 'a', from: 1, to: 1 })).toEqual({ text: '> a', from: 3, to: 3 });
  });

  it('begin an address', () => {
    expect(applyTool('link', { text: 'lihat', from: 5, to: 5 })).toEqual({
      text: 'lihat https://',
      from: 14,
      to: 14,
    });
  });
});
