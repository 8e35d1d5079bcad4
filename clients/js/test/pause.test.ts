import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { backOff, Pause, TooLate, within } from '../src/pause.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('Tries are 0.25 s apart at first and 10 s at most, with half of it left to chance', () => {
  const least = Array.from({ length: 30 }, (_, attempt) => backOff(attempt, () => 0));
  const most = Array.from({ length: 30 }, (_, attempt) => backOff(attempt, () => 1));
  expect(least.slice(0, 7)).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000, 5_000]);
  expect(most.slice(0, 7)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
  expect(Math.max(...most)).toBe(10_000);
});

test('A pause ends by itself, or when somebody ends it', async () => {
  const pause = new Pause();
  const ended = vi.fn();
  void pause.wait(1_000).then(ended);
  await vi.advanceTimersByTimeAsync(999);
  expect(ended).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(ended).toHaveBeenCalledTimes(1);
  void pause.wait(1_000).then(ended);
  pause.end();
  await vi.advanceTimersByTimeAsync(0);
  expect(ended).toHaveBeenCalledTimes(2);
  expect(vi.getTimerCount()).toBe(0);
});

test('What takes too long is not waited for, and says what it was', async () => {
  const late = within(100, 'The answer', new Promise(() => undefined));
  const expected = expect(late).rejects.toEqual(new TooLate('The answer took longer than 100 ms.'));
  await vi.advanceTimersByTimeAsync(100);
  await expected;
  await expect(within(100, 'The answer', Promise.reject(new Error('No.')))).rejects.toThrow('No.');
  expect(vi.getTimerCount()).toBe(0);
});
