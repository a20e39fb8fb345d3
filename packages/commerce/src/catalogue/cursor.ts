/** Keyset cursors: the sort value and id of the last row, opaque to the caller. */
import { text } from "@tillstream/trpc/input";
import { z } from "zod";

/** A sort value is a text or what an integer column holds. */
const cursorShape = z.tuple([z.union([text(300), z.int32()]), text(100)]);
export type Cursor = z.output<typeof cursorShape>;

export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString("base64url");
}

/** Undefined for a text that is not a cursor of ours. */
export function decodeCursor(text: string): Cursor | undefined {
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
