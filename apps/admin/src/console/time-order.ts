/** Lists by time, from either end: the order in the address, and what turns round with it. */
import { choice, otherwise } from "./address.ts";

export type TimeOrder = "newest" | "oldest";

export const timeOrder = otherwise<TimeOrder>(choice(["newest", "oldest"]), "newest");

interface Paged {
  readonly sort: TimeOrder;
  /** The page: it shows what follows this row. */
  readonly before: string | null;
}

/** @param hrefOf the list's address with these filters */
export function turnedBy<Filters extends Paged>(
  filters: Filters,
  hrefOf: (filters: Filters) => string,
  nextCursor: string | null | undefined,
) {
  const isNewest = filters.sort === "newest";
  const first = hrefOf({ ...filters, before: null });
  return {
    words: isNewest ? "newest first" : "oldest first",
    /** For the head of the column with the time. */
    head: {
      href: hrefOf({ ...filters, sort: isNewest ? "oldest" : "newest", before: null }),
      direction: isNewest ? "desc" : "asc",
    },
    /** The first page of this very list. */
    first,
    pages: {
      newerLabel: isNewest ? "Newest" : "Oldest",
      olderLabel: isNewest ? "Older" : "Newer",
      newerHref: filters.before === null ? undefined : first,
      olderHref: nextCursor ? hrefOf({ ...filters, before: nextCursor }) : undefined,
    },
  } as const;
}

export type SortHead = ReturnType<typeof turnedBy>["head"];
