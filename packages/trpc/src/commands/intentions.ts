/**
 * Intentions: what a person has pressed, each with the key under which it is sent, from before it is sent until its
 * outcome is known. All tabs of a browser share them; where site data is blocked they live as long as the page does.
 */
export interface IntentionName {
  /** The owner: only they see it or send it again. */
  readonly person: string;
  /** Of the command, such as `account.deposit`. */
  readonly name: string;
  /** What it is about, where there are several: an order's id. */
  readonly subject: string;
}

export interface Intention {
  readonly key: string;
  /** Everything that is sent, as JSON. */
  readonly input: string;
  /** `kept`: not carried out, because its person was signed out; what was typed waits for them. */
  readonly status: "open" | "kept";
  /** ISO 8601. */
  readonly at: string;
}

/** A part of `localStorage`; each use of it may throw. */
export interface IntentionStorage {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export interface IntentionPorts {
  /** May throw, too: where site data is blocked even asking for the storage does. */
  storage(): IntentionStorage;
  /** Runs `work` while no other tab runs its own, where the browser can. */
  exclusively<Result>(work: () => Result): Promise<Result>;
  newKey(): string;
  now(): string;
  /** Tells of changes by other tabs. */
  watch?(listener: () => void): () => void;
}

export interface Intentions {
  find(name: IntentionName): Intention | undefined;
  /** The open intention of that name, or else a new one for `input`. */
  begin(name: IntentionName, input: string): Promise<{ readonly intention: Intention; readonly joined: boolean }>;
  /** The outcome of `key` is known. */
  settle(name: IntentionName, key: string): void;
  /** Not carried out; what was typed is kept. */
  keep(name: IntentionName, key: string): void;
  /** Signing out: everything that was pressed on this browser is forgotten. */
  forgetAll(): void;
  subscribe(listener: () => void): () => void;
}

const PREFIX = "tillstream.intention:";
/** Far above what one person leaves open; beyond it the oldest go. */
const INTENTIONS_MAX = 200;
const KEY_LIFE_MS = 24 * 60 * 60 * 1_000;

export function createIntentions(ports: IntentionPorts): Intentions {
  /** What the storage would not take. */
  const memory = new Map<string, Intention>();
  const listeners = new Set<() => void>();
  const tell = () => listeners.forEach((listener) => listener());

  function read(at: string): Intention | undefined {
    const found = memory.get(at) ?? attempt(() => parse(ports.storage().getItem(at)));
    return found === undefined || isForgotten(found) ? undefined : found;
  }
  /** The server has forgotten the key by now: asking with it would not tell what became of the first try. */
  function isForgotten({ at }: Intention): boolean {
    return Date.parse(ports.now()) - Date.parse(at) > KEY_LIFE_MS;
  }
  function write(at: string, intention: Intention): void {
    memory.delete(at);
    const stored = attempt(() => {
      ports.storage().setItem(at, JSON.stringify(intention));
      return true;
    });
    if (stored !== true) memory.set(at, intention);
    tell();
  }
  function remove(at: string): void {
    memory.delete(at);
    attempt(() => ports.storage().removeItem(at));
  }
  function stored(): readonly string[] {
    const storage = attempt(() => ports.storage());
    if (storage === undefined) return [];
    const keys = attempt(() => Array.from({ length: storage.length }, (_, index) => storage.key(index))) ?? [];
    return keys.filter((key) => key !== null).filter((key) => key.startsWith(PREFIX));
  }
  function makeRoom(): void {
    const keys = stored();
    if (keys.length < INTENTIONS_MAX) return;
    const byAge = keys.toSorted((one, other) => ((read(one)?.at ?? "") < (read(other)?.at ?? "") ? -1 : 1));
    byAge.slice(0, keys.length - INTENTIONS_MAX + 1).forEach(remove);
  }
  function beginNow(at: string, input: string) {
    const known = read(at);
    if (known?.status === "open") return { intention: known, joined: true };
    makeRoom();
    const intention: Intention = { key: ports.newKey(), input, status: "open", at: ports.now() };
    write(at, intention);
    return { intention, joined: false };
  }

  return {
    find: (name) => read(placeOf(name)),
    begin: (name, input) => ports.exclusively(() => beginNow(placeOf(name), input)),
    settle(name, key) {
      if (read(placeOf(name))?.key !== key) return; // another has been begun since
      remove(placeOf(name));
      tell();
    },
    keep(name, key) {
      const intention = read(placeOf(name));
      if (intention?.key === key) write(placeOf(name), { ...intention, status: "kept" });
    },
    forgetAll() {
      memory.clear();
      stored().forEach(remove);
      tell();
    },
    subscribe(listener) {
      listeners.add(listener);
      const unwatch = ports.watch?.(listener);
      return () => {
        listeners.delete(listener);
        unwatch?.();
      };
    },
  };
}

function placeOf({ person, name, subject }: IntentionName): string {
  return `${PREFIX}${JSON.stringify([person, name, subject])}`;
}

function parse(text: string | null): Intention | undefined {
  const value = JSON.parse(text ?? "null") as Partial<Intention> | null;
  if (typeof value?.key !== "string" || typeof value.input !== "string") return undefined;
  JSON.parse(value.input);
  return { key: value.key, input: value.input, status: value.status === "kept" ? "kept" : "open", at: value.at ?? "" };
}

/** Undefined for what throws: blocked or full storage, or foreign data there. */
function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
