import { describe, expect, it } from 'vitest';
import { hold } from '../src/view/held.ts';

describe('a held list', () => {
  it('shows everything at first', () => {
    expect(hold([], ['a', 'b'])).toEqual({ shown: ['a', 'b'], waiting: [], moved: false });
  });

  it('takes what is new at its end at once', () => {
    expect(hold(['a', 'b'], ['a', 'b', 'c'])).toEqual({ shown: ['a', 'b', 'c'], waiting: [], moved: false });
  });

  it('lets what would push others aside wait', () => {
    expect(hold(['b', 'c'], ['a', 'b', 'c', 'd'])).toEqual({ shown: ['b', 'c', 'd'], waiting: ['a'], moved: false });
  });

  it('keeps the places when the order changes, and says so', () => {
    expect(hold(['a', 'b'], ['b', 'a'])).toEqual({ shown: ['a', 'b'], waiting: [], moved: true });
  });

  it('lets go of what is gone', () => {
    expect(hold(['a', 'b', 'c'], ['a', 'c'])).toEqual({ shown: ['a', 'c'], waiting: [], moved: false });
  });
});
