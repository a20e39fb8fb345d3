/** A list read page by page, as items and as the lines of a CSV. */
import type { FieldProblem } from "@tillstream/eventing";
import { errorData } from "@tillstream/trpc";
import { TRPCError } from "@trpc/server";
import { typedAmount } from "../catalogue/typed-amount.ts";
import type { Caller } from "./caller.ts";

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** One list as one person may read it. */
export interface Export {
  items(): AsyncGenerator<unknown>;
  /** Of the CSV, its head first. */
  lines(): AsyncGenerator<readonly string[]>;
}

/** By its name in the address: the field of the procedure's input, and how its text is read where it is no text there. */
type Filters = Readonly<Record<string, string | { readonly field: string; readonly read: (text: string) => unknown }>>;

/** What each of the lists gives at once. */
const PAGE_ROWS = 100;

/** A list as a file, for everyone who may read the list. */
export interface ListFile {
  readonly filters: readonly string[];
  /** Reads the first page at once, so that a refusal is told before the file begins. */
  open(ask: Caller, address: URLSearchParams): Promise<Export>;
}

/**
 * @param read asks the list's procedure, whose own input judges what the address says: what a page passes over is refused here, for a
 * file of everything would be taken for the answer
 * @param asJson a row of the JSON, where that is not the row as the procedure answers it
 */
export function listFile<Item>(
  filters: Filters,
  read: (ask: Caller, input: never) => Promise<Page<Item>>,
  columns: Readonly<Record<string, (item: Item) => unknown>>,
  asJson: (item: Item) => unknown = (item) => item,
): ListFile {
  async function* items(first: Page<Item>, next: (cursor: string) => Promise<Page<Item>>): AsyncGenerator<Item> {
    for (let page = first; ; page = await next(page.nextCursor)) {
      yield* page.items;
      if (page.nextCursor === null) return;
    }
  }

  async function* lines(rows: AsyncGenerator<Item>): AsyncGenerator<readonly string[]> {
    yield Object.keys(columns);
    const cells = Object.values(columns);
    for await (const item of rows) yield cells.map((cell) => text(cell(item)));
  }

  return {
    filters: Object.keys(filters),
    async open(ask, address) {
      const input = inputOf(filters, address);
      const page = (cursor?: string) => {
        const asked: unknown = { ...input, ...(cursor !== undefined && { cursor }), limit: PAGE_ROWS };
        return read(ask, asked as never); // the procedure parses it, whatever it is
      };
      const first = await page().catch((error: unknown) => {
        throw inWordsOfTheAddress(filters, address, error);
      });
      const rows = () => items(first, page);
      return { items: () => mapped(rows(), asJson), lines: () => lines(rows()) };
    },
  };
}

async function* mapped<Item>(items: AsyncGenerator<Item>, map: (item: Item) => unknown): AsyncGenerator<unknown> {
  for await (const item of items) yield map(item);
}

/** One that comes whole, without filters. */
export function wholeList<Item>(
  read: (ask: Caller) => Promise<readonly Item[]>,
  columns: Readonly<Record<string, (item: Item) => unknown>>,
): ListFile {
  return listFile({}, async (ask) => ({ items: await read(ask), nextCursor: null }), columns);
}

function inputOf(filters: Filters, address: URLSearchParams): Readonly<Record<string, unknown>> {
  const names = Object.keys(filters);
  const unknown = [...address.keys()].find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const rule = names.length === 0 ? "no filters" : `one of ${names.join(", ")}`;
    throw refused({
      field: unknown,
      rule,
      message: `${unknown} is not a filter of this file, which has ${ofThese(names)}.`,
    });
  }
  return Object.fromEntries(
    Object.entries(filters).flatMap(([name, filter]) => {
      const [typed, ...more] = address.getAll(name);
      if (more.length > 0) throw refused({ field: name, rule: "once", message: `${name} is given more than once.` });
      if (typed === undefined) return [];
      return [typeof filter === "string" ? [filter, typed] : [filter.field, filter.read(typed)]];
    }),
  );
}

const ofThese = (names: readonly string[]) => (names.length === 0 ? "none" : names.join(", "));

export const refused = (...fields: readonly FieldProblem[]) => new UnreadableFilter(fields);

/** The address says what the list cannot read: which filters, and by which rules. */
export class UnreadableFilter extends Error {
  readonly fields: readonly FieldProblem[];

  constructor(fields: readonly FieldProblem[]) {
    super(fields[0]?.message);
    this.fields = fields;
  }
}

/** What the procedure refuses, by the names that the address has for its fields, as sentences. */
function inWordsOfTheAddress(filters: Filters, address: URLSearchParams, error: unknown): unknown {
  const fields = error instanceof TRPCError ? errorData(error).fields : undefined;
  if (fields === undefined) return error;
  const names = Object.entries(filters).map(([name, filter]) => [
    typeof filter === "string" ? filter : filter.field,
    name,
  ]);
  const nameOf = new Map(names.map(([field = "", name = ""]) => [field, name]));
  return refused(
    ...fields.map(({ rule, ...problem }) => {
      const field = nameOf.get(problem.field) ?? problem.field;
      return { field, rule, message: sentenceOf(field, address.get(field), rule, problem.message) };
    }),
  );
}

function sentenceOf(field: string, typed: string | null, rule: string, message: string): string {
  if (rule.startsWith("one of ")) return `There is no ${field} ${typed}. It is ${rule}.`;
  if (rule === "datetime") return `${field} is a time, such as 2026-11-30T08:00:00Z.`;
  return `${field}: ${message}.`;
}

/** For a filter that is on or off. @param values what the procedure takes for each */
export function onOrOff(field: string, name: string, on: unknown, off?: unknown) {
  return {
    field,
    read(typed: string): unknown {
      if (typed === "true" || typed === "false") return typed === "true" ? on : off;
      throw refused({ field: name, rule: "true or false", message: `${name} is true or false.` });
    },
  };
}

interface Money {
  readonly amount: number;
  readonly currency: string;
}

/** As spreadsheets read it, with the currency in a column of its own: 1250 USD is "12.50". */
export const decimal = ({ amount, currency }: Money): string => typedAmount(amount, currency);

/** For the JSON: the same amounts as in the CSV, wherever a row has money. */
export function withDecimals(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withDecimals);
  // A date says by itself how it is written.
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  const inner = Object.entries(value).map(([name, part]) => [name, withDecimals(part)]);
  return Object.fromEntries(isMoney(value) ? [...inner, ["amount", decimal(value)]] : inner);
}

const isMoney = (value: object): value is Money =>
  "amount" in value && typeof value.amount === "number" && "currency" in value && typeof value.currency === "string";

function text(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
