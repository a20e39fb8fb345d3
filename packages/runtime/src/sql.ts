/**
 * The port between our code and Postgres. The kernel and the commands write SQL against this
 * interface; `packages/db` implements it over a pool and over a Prisma transaction.
 */
import type { Sql } from "sql-template-tag";

export { default as sql, empty, join, raw } from "sql-template-tag";
export type { Sql } from "sql-template-tag";

export interface QueryOptions {
  /**
   * Planned once for each connection and then only run: for few hot statements whose text never changes.
   * Name the columns: a prepared `*` fails as soon as a migration adds one.
   */
  readonly prepared?: boolean;
}

/** Runs one statement. 64-bit integers come back as `number`, JSON as values, instants as `Date`. */
export interface SqlExecutor {
  query<Row>(statement: Sql, options?: QueryOptions): Promise<Row[]>;
}

/** An executor that can also open a transaction, which rolls back when `work` throws. */
export interface Database extends SqlExecutor {
  transaction<Result>(work: (tx: SqlExecutor) => Promise<Result>): Promise<Result>;
}
