import { afterChange, isAtEnd } from './scrolling.js';

describe('the list of messages', () => {
  it('knows its end', () => {
    expect(isAtEnd(0)).toBe(true);
    expect(isAtEnd(-40)).toBe(true);
    expect(isAtEnd(-400)).toBe(false);
  });

  it('follows the end for a reader who is there, and for one who has just sent something', () => {
    expect(afterChange({ wasAtEnd: true, ownEntered: false, anchorMoved: -30 })).toEqual({ to: 'end' });
    expect(afterChange({ wasAtEnd: false, ownEntered: true, anchorMoved: null })).toEqual({ to: 'end' });
  });

  it('holds what is being read in place otherwise', () => {
    expect(afterChange({ wasAtEnd: false, ownEntered: false, anchorMoved: -72 })).toEqual({ by: -72 });
    expect(afterChange({ wasAtEnd: false, ownEntered: false, anchorMoved: 0.4 })).toBeNull();
    expect(afterChange({ wasAtEnd: false, ownEntered: false, anchorMoved: null })).toBeNull();
  });
});
