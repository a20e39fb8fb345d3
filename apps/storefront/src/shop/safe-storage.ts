/**
 * Storage that may be blocked: a browser that keeps no site data throws at every touch, and a full one at every write. Then
 * the value lives in memory, for as long as the page does, and callers need not know.
 */
export interface SafeStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
  keys(): string[];
}

/** @param open reads the browser's storage; it may throw, each time */
export function safeStorage(open: () => Storage): SafeStorage {
  /** What the storage did not take: newer than what it may still hold under the same key. */
  const memory = new Map<string, string>();
  function attempt<Result>(touch: (storage: Storage) => Result): Result | undefined {
    try {
      return touch(open());
    } catch {
      return undefined;
    }
  }
  return {
    getItem: (key) => memory.get(key) ?? attempt((storage) => storage.getItem(key)) ?? null,
    setItem(key, value) {
      const taken = attempt((storage) => {
        storage.setItem(key, value);
        return true;
      });
      if (taken === true) memory.delete(key);
      else memory.set(key, value);
    },
    removeItem(key) {
      memory.delete(key);
      attempt((storage) => storage.removeItem(key));
    },
    keys: () => [...new Set([...memory.keys(), ...(attempt((storage) => Object.keys(storage)) ?? [])])],
  };
}
