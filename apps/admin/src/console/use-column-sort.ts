"use client";
/** A list that comes whole, sorted in the browser by the column that the address names; as it came without one. */
import { usePathname, useSearchParams } from "next/navigation";
import { nextSort, readSort, sorted, type SortKeys } from "./column-sort.ts";

export function useColumnSort<Row, Column extends string>(rows: readonly Row[], keys: SortKeys<Row, Column>) {
  const path = usePathname();
  const address = useSearchParams();
  const now = readSort(address.get("sort"), keys);

  /** For the head of a column; the list's other choices stay in the address. */
  function head(column: Column) {
    const [row] = rows;
    const next = nextSort(now, column, row === undefined || typeof keys[column](row) === "number");
    const params = new URLSearchParams(address);
    params.delete("sort");
    if (next !== undefined) params.set("sort", next);
    return {
      href: params.size === 0 ? path : `${path}?${params}`,
      direction: now?.column === column ? now.direction : undefined,
    };
  }

  return { rows: now === undefined ? rows : sorted(rows, keys[now.column], now.direction), head };
}
