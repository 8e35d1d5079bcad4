// Where the outbox keeps what was typed.

/** A store of strings that outlives the page. Writes are durable when the call returns. */
export interface KeyValueStorage {
  get(key: string): string | null;
  /** May throw when the store is full or forbidden. */
  set(key: string, value: string): void;
  remove(key: string): void;
  keys(): readonly string[];
  /** Calls `changed` when somebody else, another tab, wrote; the answer ends that. */
  watch?(changed: (key: string) => void): () => void;
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
  return {
    get: (key) => local.getItem(key),
    set: (key, value) => local.setItem(key, value),
    remove: (key) => local.removeItem(key),
    keys: () => Array.from({ length: local.length }, (_, index) => local.key(index)).filter((key) => key !== null),
    watch(changed) {
      const listener = (event: StorageEvent): void => {
        if (event.storageArea === local) changed(event.key ?? '');
      };
      addEventListener('storage', listener);
      return () => removeEventListener('storage', listener);
    },
  };
}
