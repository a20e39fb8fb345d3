/** Tells the other tabs of this browser whom it speaks for now. Where tabs cannot talk, each learns it from its next page. */
import type { Person } from "./kept.ts";

const NAME = "fernhill.people";

function open(): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(NAME);
  } catch {
    return undefined; // missing, or blocked with the site data
  }
}

export function tellPerson(person: Person): void {
  const channel = open();
  channel?.postMessage(person);
  channel?.close();
}

export function onPerson(listener: (person: Person) => void): () => void {
  const channel = open();
  channel?.addEventListener("message", ({ data }) => listener(typeof data === "string" ? data : null));
  return () => channel?.close();
}
