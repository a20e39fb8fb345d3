/** The global order as a rebuild reads it: page by page, the next one already while the last is folded. */
import type { SqlExecutor } from "@tillstream/runtime";
import { readPage } from "../delivery/page.ts";
import type { LoggedEvent } from "../store/read.ts";

/** A stretch of the order. */
export interface HistoryPage {
  /** The position of its last event; where it began when there is none. */
  readonly to: number;
  /** Those of the wanted types. */
  readonly events: readonly LoggedEvent[];
}

/** Where a rebuild reads its pages. */
export type History = (after: number, limit: number, types: readonly string[]) => Promise<HistoryPage>;

/** A projection has one partition. */
const WHOLE = { count: 1, index: 0 };

/** Reads when asked. */
export function readHistory(db: SqlExecutor): History {
  return async (after, limit, types) => {
    const page = await readPage(db, WHOLE, new Set(types), { after, limit });
    return { to: page?.to ?? after, events: page?.wanted ?? [] };
  };
}

/**
 * Reads ahead: while a page is worked on, the next one of the same length comes. The order only grows, so that what was read
 * stays true; a page may lack what came since.
 */
export function readHistoryAhead(db: SqlExecutor): History {
  const read = readHistory(db);
  let ahead: { readonly of: string; readonly page: Promise<HistoryPage> } | undefined;
  return async (after, limit, types) => {
    const asked = (from: number) => JSON.stringify([from, limit, types]);
    const early = ahead?.of === asked(after) ? await ahead.page : undefined;
    const page = early !== undefined && early.to > after ? early : await read(after, limit, types);
    const next = read(page.to, limit, types);
    next.catch(() => undefined); // the call that asks for the page gets the error
    ahead = { of: asked(page.to), page: next };
    return page;
  };
}
