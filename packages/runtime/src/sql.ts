/**
 * The port between our code and Postgres. The kernel and the commands write SQL against this
 * interface; `postgres/` implements it over a pool, `packages/db` over a Prisma transaction.
 */
import sql, { raw } from "sql-template-tag";
import type { Sql } from "sql-template-tag";

export { default as sql, empty, join, raw } from "sql-template-tag";

/**
 * A whole number in the text of a statement, for one of few values such as a batch's size: of a limit that is a parameter, the plan of
 * a prepared statement reckons with a tenth of all rows.
 */
export function literal(value: number): Sql {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a whole number`);
  return raw(String(value));
}

/**
 * An array to compare with, as in `id = ANY(${anyLength(sql`${ids}::text[]`)})`, whose length is hidden from the planner: for the
 * few values of a call it makes a plan of their own, each time, which it takes to be cheaper than the one of the prepared statement.
 */
export const anyLength = (array: Sql): Sql => sql`ARRAY(SELECT unnest(${array}))`;

export type { Sql } from "sql-template-tag";

/** Runs one statement. 64-bit integers come back as `number`, JSON as values, instants as `Date`. */
export interface SqlExecutor {
  query<Row>(statement: Sql): Promise<Row[]>;
}

/** An executor that can also open a transaction, which rolls back when `work` throws. */
export interface Database extends SqlExecutor {
  transaction<Result>(work: (tx: SqlExecutor) => Promise<Result>): Promise<Result>;
}
