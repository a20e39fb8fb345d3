/** Which column a list that comes whole is sorted by, as in the address: "name" upwards, "-name" downwards. */

type Key = string | number;
/** What a row is compared by in each column that sorts. */
export type SortKeys<Row, Column extends string> = Readonly<Record<Column, (row: Row) => Key>>;

export interface ColumnSort<Column extends string> {
  readonly column: Column;
  readonly direction: "asc" | "desc";
}

/** Undefined where the address names no column of the list. */
export function readSort<Row, Column extends string>(
  text: string | null,
  keys: SortKeys<Row, Column>,
): ColumnSort<Column> | undefined {
  const name = text?.replace(/^-/, "") ?? "";
  if (!Object.hasOwn(keys, name)) return undefined;
  return { column: name as Column, direction: text?.startsWith("-") ? "desc" : "asc" }; // it has this very name
}

/** What a click on a head asks for: figures from the greatest, words from A; then the other way; then as it came. */
export function nextSort<Column extends string>(
  now: ColumnSort<Column> | undefined,
  column: Column,
  isFigure: boolean,
): string | undefined {
  const first = isFigure ? "desc" : "asc";
  const direction = now?.column !== column ? first : now.direction === first ? otherThan(first) : undefined;
  return direction && (direction === "desc" ? `-${column}` : column);
}

const otherThan = (direction: "asc" | "desc") => (direction === "asc" ? "desc" : "asc");

/** Rows that are alike stay as they came. */
export function sorted<Row>(rows: readonly Row[], keyOf: (row: Row) => Key, direction: "asc" | "desc"): Row[] {
  const sign = direction === "asc" ? 1 : -1;
  return rows.toSorted((a, b) => sign * compare(keyOf(a), keyOf(b)));
}

function compare(a: Key, b: Key): number {
  return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b));
}
