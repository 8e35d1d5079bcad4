// Where the outbox keeps what was typed.

/** A store of strings that outlives the page, perhaps shared with other tabs. Never throws. */
export interface KeyValueStorage {
  get(key: string): string | null;
  /** What cannot be kept for long is kept as long as the page. */
  set(key: string, value: string): void;
  remove(key: string): void;
  keys(): readonly string[];
  /** Calls `changed` when another tab wrote; the answer ends that. */
  watch?(changed: () => void): () => void;
  /** Does `work` while no other tab does work under the same name: as far as the browser can, and not for ever. */
  alone?<T>(name: string, work: () => Promise<T>): Promise<T>;
}

/** Forgets with the page: for tests, and where nothing else is allowed. */
export function memoryStorage(): KeyValueStorage {
  const values = new Map<string, string>();
  return {
    get: (key) => values.get(key) ?? null,
    set: (key, value) => void values.set(key, value),
    remove: (key) => void values.delete(key),
    keys: () => [...values.keys()],
  };
}

/** The browser's localStorage, or the page's memory where that is forbidden (private windows, blocked site data). */
export function browserStorage(): KeyValueStorage {
  const local = usableLocalStorage();
  return local ? storageOf(local) : memoryStorage();
}

function usableLocalStorage(): Storage | null {
  try {
    const probe = 'summit.probe';
    localStorage.setItem(probe, '1');
    localStorage.removeItem(probe);
    return localStorage;
  } catch {
    // Not there (a host without a window), or reading the very property throws because site data is blocked.
    return null;
  }
}

function storageOf(local: Storage): KeyValueStorage {
  // What did not fit.
  const rest = memoryStorage();
  return {
    get: (key) => rest.get(key) ?? local.getItem(key),
    set(key, value) {
      try {
        local.setItem(key, value);
        rest.remove(key);
      } catch {
        // Full. A reload would lose it, but it is still sent from here.
        rest.set(key, value);
      }
    },
    remove(key) {
      rest.remove(key);
      local.removeItem(key);
    },
    keys() {
      const kept = Array.from({ length: local.length }, (_, index) => local.key(index)).filter((key) => key !== null);
      return [...new Set([...kept, ...rest.keys()])];
    },
    watch(changed) {
      const listener = (event: StorageEvent): void => {
        if (event.storageArea === local) changed();
      };
      addEventListener('storage', listener);
      return () => removeEventListener('storage', listener);
    },
    alone,
  };
}

/** A tab that froze with the lock in its hand must not silence the others; sending a thing twice is harmless. */
const lockLimit = 10_000;

async function alone<T>(name: string, work: () => Promise<T>): Promise<T> {
  // Not there on plain http.
  const locks: LockManager | undefined = navigator.locks;
  if (!locks) return work();
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), lockLimit);
  let begun = false;
  try {
    return await locks.request(name, { signal: patience.signal }, () => {
      begun = true;
      clearTimeout(timer);
      return work();
    });
  } catch (error) {
    if (begun) throw error;
    return work();
  }
}
