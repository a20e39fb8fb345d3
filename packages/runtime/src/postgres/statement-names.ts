/**
 * Which statements are prepared: those whose text comes again, so that Postgres parses and plans them once for each connection. A
 * text that differs each time is not worth preparing, since each plan takes memory on each connection.
 *
 * Name the columns: a prepared `*` fails as soon as a migration adds one. So does any statement when a migration changes the type of
 * what it returns, on each connection that has prepared it, for as long as that lives: then all get other names.
 */
import { createHash } from "node:crypto";

const PREPARED_MAX = 400;
const SEEN_MAX = 2_000;

const names = new Map<string, string>();
const seenOnce = new Set<string>();
let generation = 0;

/** The name to prepare the statement under, shorter than Postgres' 63 characters; undefined for one that is not prepared. */
export function statementName(text: string): string | undefined {
  const name = names.get(text);
  if (name !== undefined) return name;
  if (!seenOnce.delete(text)) {
    if (seenOnce.size >= SEEN_MAX) seenOnce.clear();
    seenOnce.add(text);
    return undefined;
  }
  if (names.size >= PREPARED_MAX) names.clear(); // what is still asked comes back, under its name
  const given = createHash("sha256").update(`${generation} ${text}`).digest("base64url");
  names.set(text, given);
  return given;
}

/** Postgres' function that refuses a plan whose result has changed; its message is in the language of the server. */
const REFUSES_STALE_PLANS = "RevalidateCachedQuery";

/** Has every statement prepared again where that is what the error says. */
export function renewNamesAfter({ routine }: { readonly routine?: string | undefined }): void {
  if (routine !== REFUSES_STALE_PLANS) return;
  generation += 1;
  names.clear();
}
