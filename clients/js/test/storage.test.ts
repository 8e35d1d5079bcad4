import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { browserStorage } from '../src/storage.js';

/** A browser's localStorage of so many entries. */
class Local {
  readonly #values = new Map<string, string>();
  constructor(private readonly room: number) {}

  get length(): number {
    return this.#values.size;
  }
  key(index: number): string | null {
    return [...this.#values.keys()][index] ?? null;
  }
  getItem(key: string): string | null {
    return this.#values.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    if (!this.#values.has(key) && this.#values.size >= this.room) throw new DOMException('Full.', 'QuotaExceededError');
    this.#values.set(key, value);
  }
  removeItem(key: string): void {
    this.#values.delete(key);
  }
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("The browser's storage", () => {
  test('is there after a reload', () => {
    vi.stubGlobal('localStorage', new Local(10));
    browserStorage().set('a', '1');
    const reloaded = browserStorage();
    expect(reloaded.get('a')).toBe('1');
    expect(reloaded.keys()).toEqual(['a']);
    reloaded.remove('a');
    expect(browserStorage().get('a')).toBeNull();
  });

  test('keeps in memory what does not fit, and moves it out when it does', () => {
    const local = new Local(1);
    vi.stubGlobal('localStorage', local);
    const storage = browserStorage();
    storage.set('a', '1');
    storage.set('b', '2');
    expect([...storage.keys()].sort()).toEqual(['a', 'b']);
    expect(storage.get('b')).toBe('2');
    expect(local.getItem('b')).toBeNull();
    storage.remove('a');
    storage.set('b', '3');
    expect(local.getItem('b')).toBe('3');
    expect(storage.get('b')).toBe('3');
  });

  test('is the memory where site data is blocked', () => {
    vi.stubGlobal('localStorage', null);
    const storage = browserStorage();
    storage.set('a', '1');
    expect(storage.get('a')).toBe('1');
    expect(storage.keys()).toEqual(['a']);
  });

  test('tells of what other tabs wrote, until nobody listens', () => {
    const window = new EventTarget();
    const local = new Local(10);
    vi.stubGlobal('localStorage', local);
    vi.stubGlobal('addEventListener', window.addEventListener.bind(window));
    vi.stubGlobal('removeEventListener', window.removeEventListener.bind(window));
    const changed = vi.fn();
    const leave = browserStorage().watch?.(changed);
    const written = Object.assign(new Event('storage'), { storageArea: local });
    window.dispatchEvent(written);
    window.dispatchEvent(Object.assign(new Event('storage'), { storageArea: 'another' }));
    expect(changed).toHaveBeenCalledTimes(1);
    leave?.();
    window.dispatchEvent(written);
    expect(changed).toHaveBeenCalledTimes(1);
  });
});

describe('Work that should be done by one tab alone', () => {
  const alone = (work: () => Promise<string>): Promise<string> | undefined => browserStorage().alone?.('outbox', work);
  beforeEach(() => vi.stubGlobal('localStorage', new Local(10)));

  test('is done under the lock', async () => {
    const asked: string[] = [];
    const request = (name: string, _: unknown, work: () => Promise<string>): Promise<string> => {
      asked.push(name);
      return work();
    };
    vi.stubGlobal('navigator', { locks: { request } });
    expect(await alone(() => Promise.resolve('done'))).toBe('done');
    expect(asked).toEqual(['outbox']);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('fails as the work fails, and is not done twice', async () => {
    const request = (_: string, __: unknown, work: () => Promise<string>): Promise<string> => work();
    vi.stubGlobal('navigator', { locks: { request } });
    const work = vi.fn(() => Promise.reject(new Error('No.')));
    await expect(alone(work)).rejects.toThrow('No.');
    expect(work).toHaveBeenCalledTimes(1);
  });

  test('is done where there are no locks', async () => {
    vi.stubGlobal('navigator', {});
    expect(await alone(() => Promise.resolve('done'))).toBe('done');
  });

  test('is done in the end when the tab with the lock never gives it back', async () => {
    const request = (_: string, { signal }: { signal: AbortSignal }): Promise<string> =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    vi.stubGlobal('navigator', { locks: { request } });
    const work = vi.fn(() => Promise.resolve('done'));
    const done = alone(work);
    await vi.advanceTimersByTimeAsync(9_000);
    expect(work).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await done).toBe('done');
  });
});
