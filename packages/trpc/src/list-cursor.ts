/** Keyset cursors: where a page ended, opaque to the caller, and good for the list alone that gave them out. */
import { createHash } from "node:crypto";
import { refuse } from "@tillstream/eventing";
import { z } from "zod";

const CURSOR_LENGTH_MAX = 1_000;
const MARK_LENGTH = 12;
const NOT_A_CURSOR = "is not a cursor of this list";

/** An empty page, or the first one, would look like an answer. */
export const FOREIGN_CURSOR = refuse("invalid", "INVALID_INPUT", `cursor: ${NOT_A_CURSOR}`, {
  fields: [{ field: "cursor", rule: "cursor", message: NOT_A_CURSOR }],
});

interface Given<Place> {
  readonly place: Place;
  readonly mark: string;
}

export interface ListCursor<Place> {
  /** Of the procedure's input: refuses a text that is no cursor of such a list. */
  readonly input: z.ZodType<Given<Place>, string>;
  /**
   * Where the page after this begins; refuses a cursor of another list.
   *
   * @param list everything that narrows or turns it
   */
  placeIn(list: object, given: Given<Place> | undefined): Place | undefined;
  /** The cursor of the page after `place`; null where the list ends. */
  after(list: object, place: Readonly<Place> | undefined): string | null;
}

/** What of a number a list goes by: an id or a position, of a bigint column. */
export const placeNumber = z.int().min(1);
/** A version, of an integer column: a greater number would be a fault of the database's. */
export const placeVersion = z.int32().min(1);

/**
 * @param name of the list, which no other has
 * @param parts what its rows are ordered by, as JSON
 */
export function listCursor<const Parts extends readonly [z.ZodType, ...z.ZodType[]]>(
  name: string,
  ...parts: Parts
): ListCursor<z.output<z.ZodTuple<Parts, null>>> {
  type Place = z.output<z.ZodTuple<Parts, null>>;
  const place = z.tuple(parts);
  const markOf = (list: object): string =>
    createHash("sha256")
      .update(JSON.stringify([name, list]))
      .digest("base64url")
      .slice(0, MARK_LENGTH);
  return {
    input: z
      .string()
      .max(CURSOR_LENGTH_MAX)
      .transform((typed, context): Given<Place> => {
        const given = read(typed, place);
        if (given !== undefined) return given;
        context.addIssue({ code: "custom", message: NOT_A_CURSOR, params: { rule: "cursor" } });
        return z.NEVER;
      }),
    placeIn(list, given) {
      if (given !== undefined && given.mark !== markOf(list)) throw FOREIGN_CURSOR;
      return given?.place;
    },
    after: (list, ended) => (ended === undefined ? null : encode([...ended, markOf(list)])),
  };
}

const encode = (parts: readonly unknown[]): string => Buffer.from(JSON.stringify(parts)).toString("base64url");

function read<Place>(typed: string, place: z.ZodType<Place>): Given<Place> | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(typed, "base64url").toString());
    // A text that decodes to the same is another text: a cursor is the one that was given out.
    if (!Array.isArray(parts) || encode(parts) !== typed) return undefined;
    const [parsed, mark] = [place.safeParse(parts.slice(0, -1)), z.string().safeParse(parts.at(-1))];
    return parsed.success && mark.success ? { place: parsed.data, mark: mark.data } : undefined;
  } catch {
    return undefined;
  }
}
