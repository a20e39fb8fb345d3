/** Tells the other tabs of this browser whom it speaks for now. Where tabs cannot talk, each learns it from its next page. */
import type { Person } from "./kept.ts";

const NAME = "fernhill.people";
/** One for the whole tab, since a channel does not hear itself: this tab goes where its own page sends it. */
let opened: BroadcastChannel | undefined;

function channel(): BroadcastChannel | undefined {
  try {
    opened ??= new BroadcastChannel(NAME);
  } catch {
    // missing, or blocked with the site data
  }
  return opened;
}

export function tellPerson(person: Person): void {
  channel()?.postMessage(person);
}

export function onPerson(listener: (person: Person) => void): () => void {
  const until = new AbortController();
  const hear = ({ data }: MessageEvent) => listener(typeof data === "string" ? data : null);
  channel()?.addEventListener("message", hear, { signal: until.signal });
  return () => until.abort();
}
