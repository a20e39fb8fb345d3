/**
 * The key of one attempt to order. The same cart and the same answers keep their key, over double clicks and reloads, so
 * that they never order twice; anything else is another order and has another key.
 */
export interface AttemptStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

const KEY = "fernhill.attempt";

interface Attempt {
  readonly key: string;
  readonly input: string;
}

function stored(storage: AttemptStorage): Attempt | undefined {
  try {
    const attempt = JSON.parse(storage.getItem(KEY) ?? "null") as Partial<Attempt> | null;
    return typeof attempt?.key === "string" && typeof attempt.input === "string"
      ? { key: attempt.key, input: attempt.input }
      : undefined;
  } catch {
    return undefined;
  }
}

/** @param input everything that is sent, as text */
export function attemptKey(storage: AttemptStorage, input: string, newKey: () => string): string {
  const attempt = stored(storage);
  if (attempt?.input === input) return attempt.key;
  const key = newKey();
  storage.setItem(KEY, JSON.stringify({ key, input } satisfies Attempt));
  return key;
}

/** Once an order is known to be over, the same cart may be ordered again. */
export function endAttempt(storage: AttemptStorage): void {
  storage.removeItem(KEY);
}
