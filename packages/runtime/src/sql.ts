/**
 * The port between our code and Postgres. The kernel and the commands write SQL against this
 * interface; `packages/db` implements it over a pool and over a Prisma transaction.
 */
import type { Sql } from "sql-template-tag";

export { default as sql, empty, join, raw } from "sql-template-tag";
export type { Sql } from "sql-template-tag";

/** Runs one statement. 64-bit integers come back as `number`, JSON as values, instants as `Date`. */
export interface SqlExecutor {
  query<Row>(statement: Sql): Promise<Row[]>;
}

/** An executor that can also open a transaction, which rolls back when `work` throws. */
export interface Database extends SqlExecutor {
  transaction<Result>(work: (tx: SqlExecutor) => Promise<Result>): Promise<Result>;
}
