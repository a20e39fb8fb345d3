/**
 * One attempt to order: what was sent, and under which key. It stands until its outcome is known. While it does not, the
 * only thing that may be sent is the very same again, whatever was typed since: so a double click, a reload or a lost
 * answer never order twice.
 */
export interface AttemptStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

const KEY = "fernhill.attempt";

export interface Attempt {
  readonly key: string;
  /** Everything that is sent, as text. */
  readonly input: string;
}

/** The attempt whose outcome is not known. */
export function openAttempt(storage: AttemptStorage): Attempt | undefined {
  try {
    const attempt = JSON.parse(storage.getItem(KEY) ?? "null") as Partial<Attempt> | null;
    const isAttempt = typeof attempt?.key === "string" && typeof attempt.input === "string";
    return isAttempt ? { key: attempt.key ?? "", input: attempt.input ?? "" } : undefined;
  } catch {
    return undefined;
  }
}

/** What to send now: the open attempt, or else a new one for `input`. */
export function beginAttempt(storage: AttemptStorage, input: string, newKey: () => string): Attempt {
  const open = openAttempt(storage);
  if (open !== undefined) return open;
  const attempt: Attempt = { key: newKey(), input };
  storage.setItem(KEY, JSON.stringify(attempt));
  return attempt;
}

/** The outcome is known: placed or refused. */
export function endAttempt(storage: AttemptStorage): void {
  storage.removeItem(KEY);
}
