/** Keyset cursors: the sort value and id of the last row, opaque to the caller, and good for the list alone that gave them out. */
import { createHash } from "node:crypto";
import { FOREIGN_CURSOR, text } from "@tillstream/trpc/input";
import { z } from "zod";

const MARK_LENGTH = 12;
/** A sort value is a text or what an integer column holds. */
const cursorShape = z.tuple([z.union([text(300), z.int32()]), text(100), text(MARK_LENGTH)]);
/** Where a page ended. */
export type Cursor = readonly [value: string | number, id: string];
type Given = z.output<typeof cursorShape>;

/** @param list its sort and everything that narrows it */
export function encodeCursor([value, id]: Cursor, list: object): string {
  return Buffer.from(JSON.stringify([value, id, markOf(list)])).toString("base64url");
}

const markOf = (list: object): string =>
  createHash("sha256").update(JSON.stringify(list)).digest("base64url").slice(0, MARK_LENGTH);

/** Where the page after this begins; refuses a cursor of another list. */
export function placeIn(list: { readonly sort: string }, given: Given | undefined): Cursor | undefined {
  if (given === undefined) return undefined;
  const [value, id, mark] = given;
  // A number among texts is no cursor of ours, whatever its mark says.
  if (mark !== markOf(list) || (typeof value === "string") !== (list.sort === "name")) throw FOREIGN_CURSOR;
  return [value, id];
}

/** Undefined for a text that is not a cursor of ours. */
export function decodeCursor(text: string): Given | undefined {
  try {
    const parsed = cursorShape.safeParse(JSON.parse(Buffer.from(text, "base64url").toString()));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

export const cursorInput = z
  .string()
  .max(500)
  .transform((typed, context) => {
    const decoded = decodeCursor(typed);
    if (decoded !== undefined) return decoded;
    context.addIssue({ code: "custom", message: "is not a cursor of this list", params: { rule: "cursor" } });
    return z.NEVER;
  });
