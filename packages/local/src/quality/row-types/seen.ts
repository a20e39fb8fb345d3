/** In a test's process: writes down what the rows of each statement look like, as TypeScript would say it. */
import { appendFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { SEEN_FILE } from "./places.ts";

export interface Seen {
  /** Relative to the repository. */
  readonly file: string;
  readonly version: string;
  /** Which of the file's calls of `query<Row>`. */
  readonly call: number;
  /** The type of a row that came back. */
  readonly row: string;
}

/** By then a statement has shown what it gives. */
const ROWS_MAX = 200;
const DEPTH_MAX = 5;
/** What may be one of a union's names. Ids and texts have too many values to be told one by one. */
const NAME = /^[A-Za-z_.:-]{1,40}$/;

const unionOf = (types: readonly string[]): string =>
  [...new Set(types)].toSorted((a, b) => (a < b ? -1 : 1)).join(" | ") || "never";

/** The narrowest type of the value that is worth telling. JSON without fields, which tests write for want of anything, tells nothing. */
export function typeOf(value: unknown, depth = 0): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return NAME.test(value) ? JSON.stringify(value) : "string";
  if (typeof value !== "object") return typeof value;
  if (value instanceof Date) return "Date";
  const isNothing = depth > 0 && Object.keys(value).length === 0 && !Array.isArray(value);
  if (depth > DEPTH_MAX || isNothing) return "any";
  if (Array.isArray(value)) return `(${unionOf(value.map((one) => typeOf(one, depth + 1)))})[]`;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value.constructor.name;
  const fields = Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}: ${typeOf(one, depth + 1)}`);
  return `{ ${fields.join("; ")} }`;
}

const told = new Map<string, Set<string>>();

function note(site: Omit<Seen, "row">, rows: unknown): void {
  if (!Array.isArray(rows)) return;
  const key = `${site.file}:${site.call}`;
  const known = told.get(key) ?? new Set();
  told.set(key, known);
  for (const value of rows.slice(0, ROWS_MAX)) {
    if (known.size >= ROWS_MAX) return;
    const row = typeOf(value);
    if (known.has(row)) continue;
    known.add(row);
    appendFileSync(SEEN_FILE, `${JSON.stringify({ ...site, row } satisfies Seen)}\n`);
  }
}

/** Passes the rows on as they are. */
export function seen<Rows>(file: string, version: string, call: number, rows: Rows): Rows {
  void Promise.resolve(rows).then(
    (found) => note({ file, version, call }, found),
    () => undefined, // the caller hears of it
  );
  return rows;
}

mkdirSync(dirname(SEEN_FILE), { recursive: true });
