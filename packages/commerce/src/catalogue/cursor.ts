/** Where a page of products ended: the value that the list is sorted by, and the product's id. */
import { FOREIGN_CURSOR, listCursor } from "@tillstream/trpc/list-cursor";
import { text } from "@tillstream/trpc/input";
import { z } from "zod";

/** A sort value is a text or what an integer column holds. */
const parts = [z.union([text(300), z.int32()]), text(100)] as const;

export const shopPages = listCursor("the shop's catalogue.list", ...parts);
export const merchantPages = listCursor("catalogue.list", ...parts);

export type Cursor = readonly [value: string | number, id: string];

/** Refuses a number among texts, and the other way round, which no page can have ended with. */
export function sortedPlace(sort: string, place: Cursor | undefined): Cursor | undefined {
  if (place !== undefined && (typeof place[0] === "string") !== (sort === "name")) throw FOREIGN_CURSOR;
  return place;
}
