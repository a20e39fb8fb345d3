/**
 * A read model that is one table, its columns stated once: they give the type of a row, the statements by which a projection
 * loads and stores its rows, and the list that other queries select.
 *
 *     const balances = tableView({ table: "balances", key: ["accountId"], columns: { accountId: "text", balance: "integer" } });
 *     type Balance = RowOf<typeof balances>;
 *     defineProjection<Balance, typeof definitions>({ ...balances, name, definitions, key, project });
 */
import { anyLength, empty, join, raw, sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";
import { identifier } from "../postgres/identifier.ts";

/** What a value of each SQL type is in a row. A row that was stored loads as it was. */
interface Values {
  readonly text: string;
  readonly "text[]": readonly string[];
  readonly integer: number;
  readonly bigint: number;
  /** The decimal digits. */
  readonly numeric: string;
  readonly boolean: boolean;
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** ISO 8601 in UTC, to the millisecond. */
  readonly timestamptz: string;
  readonly jsonb: unknown;
}

type SqlType = keyof Values;
/** The types that the value may take the place of: a narrower text, or what the JSON holds. */
type TypeOf<Value> = { [Type in SqlType]: Value extends Values[Type] ? Type : never }[SqlType];

/** A column's type in the database, and with it the type of its values. */
export interface Column<Value = unknown> {
  readonly type: SqlType;
  readonly nullable: boolean;
  /** Never there: it carries the type. */
  readonly value?: Value;
}

/** A column whose values are narrower than its SQL type says: some texts of all, or a shape of JSON. */
export function column<Value>(type: TypeOf<Value>): Column<Value> {
  return { type, nullable: false };
}

/** A column that may be null. */
export function nullable<Value>(type: TypeOf<Value>): Column<Value | null> {
  return { type, nullable: true };
}

type Columns = Readonly<Record<string, SqlType | Column>>;
type ValueOf<Of> = Of extends SqlType ? Values[Of] : Of extends Column<infer Value> ? Value : never;
type RowWith<Of extends Columns> = { readonly [Name in keyof Of]: ValueOf<Of[Name]> };

export interface TableView<Row, Key extends keyof Row> {
  readonly tables: readonly [string];
  /** By their names in the database. */
  readonly columns: ReadonlyMap<string, Column>;
  /** What to select from the table to have a `Row`. */
  readonly selected: Sql;
  /** The key by which `load` finds the row. */
  keyOf(row: Pick<Row, Key>): string;
  /** The first column of that key. */
  leadingKey(key: string): string;
  load(tx: SqlExecutor, keys: readonly string[]): Promise<Map<string, Row>>;
  /** Inserts the rows, or makes those of the same key equal to them. */
  store(tx: SqlExecutor, rows: ReadonlyMap<string, Row>): Promise<void>;
}

/** The type of a row, as the columns have it. */
export type RowOf<View extends { load(...args: never): Promise<Map<string, unknown>> }> =
  Awaited<ReturnType<View["load"]>> extends Map<string, infer Row> ? Row : never;

/** `accountId` as the database has it: `account_id`. */
const snakeCase = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const stored = (name: string): Sql => identifier(snakeCase(name));
const quoted = (name: string): Sql => raw(`"${name}"`);

/** Such that every driver gives the value that was stored. */
function selectedAs(name: string, type: SqlType): Sql {
  if (type === "timestamptz")
    return sql`to_char(${stored(name)} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS ${quoted(name)}`;
  const asText = type === "date" || type === "numeric" ? sql`::text` : empty;
  return sql`${stored(name)}${asText} AS ${quoted(name)}`;
}

/** As `load` reads it: formatting instants in SQL costs more than all the rest of the row. */
function loadedAs(name: string, type: SqlType): Sql {
  return type === "timestamptz" ? sql`${stored(name)} AS ${quoted(name)}` : selectedAs(name, type);
}

/** The key of one column is its text, that of several their list. */
const keyFrom = (parts: readonly unknown[]): string => (parts.length === 1 ? String(parts[0]) : JSON.stringify(parts));
const partsOf = (key: string, count: number): unknown[] => (count === 1 ? [key] : (JSON.parse(key) as unknown[]));

/**
 * @param spec.key the columns of the table's primary key
 * @param spec.columns by their names in TypeScript; in the database they are in snake_case
 */
export function tableView<const Of extends Columns, const Key extends keyof Of & string>(spec: {
  readonly table: string;
  readonly key: readonly Key[];
  readonly columns: Of;
}): TableView<RowWith<Of>, Key> {
  const columns = Object.entries(spec.columns).map(([name, given]) => {
    return { name, ...(typeof given === "string" ? { type: given, nullable: false } : given) };
  });
  const table = identifier(spec.table);
  const key = columns.filter(({ name }) => spec.key.some((one) => one === name));
  const others = columns.filter((one) => !key.includes(one));
  const list = (part: (name: string, type: SqlType) => Sql, of = columns) =>
    join(of.map(({ name, type }) => part(name, type)));
  const selected = list(selectedAs);
  const instants = columns.filter(({ type }) => type === "timestamptz").map(({ name }) => name);
  /** Every driver gives instants as `Date`. */
  function asStored(row: Record<string, unknown>): RowWith<Of> {
    for (const name of instants) if (row[name] instanceof Date) row[name] = row[name].toISOString();
    return row as RowWith<Of>; // the columns were selected by name and type
  }
  const fields = list((name, type) => sql`${quoted(name)} ${raw(type)}`);
  const assign = (name: string) => sql`${stored(name)} = excluded.${stored(name)}`;
  const onConflict = others.length === 0 ? sql`NOTHING` : sql`UPDATE SET ${list(assign, others)}`;
  const keyOf = (row: Readonly<Record<string, unknown>>) => keyFrom(key.map(({ name }) => row[name]));
  return {
    tables: [spec.table],
    columns: new Map(columns.map(({ name, ...one }) => [snakeCase(name), one])),
    selected,
    keyOf,
    leadingKey: (text) => String(partsOf(text, key.length)[0]),
    async load(tx, keys) {
      const wanted = keys.map((text) => partsOf(text, key.length));
      const arrays = key.map(({ type }, index) =>
        anyLength(sql`${wanted.map((parts) => parts[index])}::${raw(type)}[]`),
      );
      const [one] = wanted;
      // Most batches touch one row; a plan for one is never good for many.
      const isWanted =
        one !== undefined && wanted.length === 1
          ? sql`WHERE (${list(stored, key)}) = (${join(key.map(({ type }, index) => sql`${one[index]}::${raw(type)}`))})`
          : sql`JOIN unnest(${join(arrays)}) AS wanted(${list(stored, key)}) USING (${list(stored, key)})`;
      const rows = await tx.query<Record<string, unknown>>(sql`SELECT ${list(loadedAs)} FROM ${table} ${isWanted}`);
      return new Map(rows.map((row) => [keyOf(row), asStored(row)]));
    },
    async store(tx, rows) {
      await tx.query(sql`
        INSERT INTO ${table} (${list(stored)}) SELECT ${list(quoted)}
        FROM jsonb_to_recordset(${JSON.stringify([...rows.values()])}::jsonb) AS given(${fields})
        ON CONFLICT (${list(stored, key)}) DO ${onConflict}`);
    },
  };
}
