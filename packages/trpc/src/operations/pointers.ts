/** Places of a JSON value, as JSON pointers (RFC 6901): `/status`, `/lines/0/name`. */
import { z } from "zod";
import { text } from "../input.ts";

const POINTER_LENGTH_MAX = 200;
const POINTERS_MAX = 8;

export const pointers = z
  .array(text(POINTER_LENGTH_MAX).regex(/^(\/([^~/]|~[01])*)*$/, "must be a JSON pointer, such as /status"))
  .max(POINTERS_MAX, `at most ${POINTERS_MAX} pointers`)
  .default([]);

/** What is at each of the places; those where nothing is are absent. */
export function valuesAt(value: unknown, places: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    places.map((place) => [place, valueAt(value, place)] as const).filter(([, found]) => found !== undefined),
  );
}

function valueAt(value: unknown, place: string): unknown {
  const keys = place.split("/").slice(1);
  return keys.reduce<unknown>((inner, key) => {
    const name = key.replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof inner !== "object" || inner === null || !Object.hasOwn(inner, name)) return undefined;
    return (inner as Readonly<Record<string, unknown>>)[name]; // an object that has it
  }, value);
}
