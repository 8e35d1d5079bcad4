import { expect, test } from 'vitest';
import { uuid7 } from '../src/uuid7.js';

test('Ids are UUIDs of version 7 with the time in front', () => {
  const now = Date.now() + 60_000;
  const id = uuid7(now);
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toBe(now);
});

test('Ids sort in the order of making, within a millisecond and when the clock is set back', () => {
  const now = Date.now() + 120_000;
  const ids = Array.from({ length: 10_000 }, (_, index) => uuid7(index < 5_000 ? now : now - 3_600_000));
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});
