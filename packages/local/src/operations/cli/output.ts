/** How the terminal's commands print: a table, or JSON for scripts. */
export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => string | number;
}

export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[], empty: string): string {
  if (rows.length === 0) return empty;
  const cells = rows.map((row) => columns.map(({ value }) => value(row)));
  const widths = columns.map(({ title }, column) =>
    Math.max(title.length, ...cells.map((line) => String(line[column]).length)),
  );
  const pad = (cell: string | number, column: number) => {
    const width = widths[column] ?? 0;
    return typeof cell === "number" ? String(cell).padStart(width) : cell.padEnd(width);
  };
  const lines = cells.map((line) => line.map(pad).join("  ").trimEnd());
  return [
    columns
      .map(({ title }, column) => pad(title, column))
      .join("  ")
      .trimEnd(),
    ...lines,
  ].join("\n");
}

export function print(rows: unknown, text: string, json: boolean | undefined): void {
  console.log(json === true ? JSON.stringify(rows, null, 2) : text);
}

/** Seconds as people read them. */
export function seconds(value: number): string {
  return value === 0 ? "0" : `${value.toFixed(value < 10 ? 1 : 0)} s`;
}
