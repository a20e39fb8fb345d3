/** The lists that the console gives as files. */
import type { Caller } from "./caller.ts";
import type { Export, ListFile } from "./exported.ts";
import { shopLists } from "./shop-lists.ts";
import { systemLists } from "./system-lists.ts";

export const lists: Readonly<Record<string, ListFile>> = { ...shopLists, ...systemLists };

/** Undefined where no list has this name. Refuses what an address says and the list cannot read. */
export function openExport(name: string, ask: Caller, address: URLSearchParams): Promise<Export> | undefined {
  return Object.hasOwn(lists, name) ? lists[name]?.open(ask, address) : undefined;
}
