import type { ItemId } from '@summit/client';
import { describe, expect, it } from 'vitest';
import { displaced } from '../src/view/steady.ts';
import { id } from './items.ts';

const list = (names: string): ItemId[] => [...names].map(id);
const moved = (before: string, now: string, own = ''): readonly [number, number] | null =>
  displaced(list(before), list(now), (item) => own.includes(item));

describe('the places of a column where another card lies', () => {
  it('are those below a card that somebody else took away', () => {
    expect(moved('abcd', 'acd')).toEqual([1, 3]);
  });

  it('are those below a card that somebody else put in between', () => {
    expect(moved('abc', 'axbc')).toEqual([1, 3]);
  });

  it('are those between when somebody else moved a card', () => {
    expect(moved('abcd', 'dabc')).toEqual([0, 4]);
  });

  it('are none where the end grew or shrank, or nothing was', () => {
    expect(moved('ab', 'abc')).toBeNull();
    expect(moved('abc', 'ab')).toBeNull();
    expect(moved('', 'abc')).toBeNull();
    expect(moved('abc', 'abc')).toBeNull();
  });

  it('are none after a step of one’s own, though that moves another card too', () => {
    expect(moved('abc', 'bc', 'a')).toBeNull();
    expect(moved('ab', 'ba', 'b')).toBeNull();
    expect(moved('a', 'b', 'b')).toBeNull();
  });
});
