/** The intentions of this browser: in `localStorage`, one tab at a time where it has locks. */
import { createIntentions } from "./intentions.ts";
import type { Intentions } from "./intentions.ts";
import { newKey } from "./new-key.ts";

const LOCK = "tillstream.intentions";

async function exclusively<Result>(work: () => Result): Promise<Result> {
  // Secure origins only. Without locks two tabs that press within a moment are two intentions, and the database decides.
  const locks = (navigator as Partial<Navigator>).locks;
  if (locks === undefined) return work();
  let done: { readonly result: Result } | undefined;
  await locks.request(LOCK, async () => void (done = { result: work() })).catch(() => undefined);
  return done === undefined ? work() : done.result;
}

function watch(listener: () => void): () => void {
  addEventListener("storage", listener);
  return () => removeEventListener("storage", listener);
}

let ofThisTab: Intentions | undefined;

/** One set for the whole tab, so that all parts of a page know of each other's. */
export function browserIntentions(): Intentions {
  return (ofThisTab ??= createIntentions({
    storage: () => localStorage,
    exclusively,
    newKey,
    now: () => new Date().toISOString(),
    watch,
  }));
}

/** For signing out: everything that was pressed on this browser is forgotten. */
export function forgetIntentions(): void {
  browserIntentions().forgetAll();
}
