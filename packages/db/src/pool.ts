/**
 * Connections to Postgres, and the `Database` port over them. A statement or a lock that takes
 * longer than its bound is ended by Postgres itself, so that nothing waits for ever.
 */
import { createHash } from "node:crypto";
import pg from "pg";
import { failWithFailedStatement } from "./failed-statement.ts";
import type { Database, Logger, QueryOptions, Sql, SqlExecutor } from "@tillstream/runtime";

const CONNECT_TIMEOUT_MS = 3_000;
const IDLE_TIMEOUT_MS = 30_000;
const STATEMENT_TIMEOUT_MS = 30_000;
const LOCK_TIMEOUT_MS = 5_000;
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 60_000;

const INT8_OID = 20;

/** 64-bit integers as numbers: positions and sums here stay far below 2^53, and a loss would throw. */
function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} does not fit a safe integer`);
  return value;
}

/** Parsers for our own pools only, so that a library which shares `pg` keeps its own. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format: "text" | "binary") =>
    oid === INT8_OID && format !== "binary" ? parseInt8 : pg.types.getTypeParser(oid, format)) as never, // pg types the parser per oid
};

export interface PoolSettings {
  readonly url: string;
  readonly max: number;
  readonly applicationName: string;
}

export function poolConfig({ url, max, applicationName }: PoolSettings): pg.PoolConfig {
  return {
    connectionString: url,
    max,
    application_name: applicationName,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    lock_timeout: LOCK_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
  };
}

/** A pool that survives a restart of Postgres: a broken idle connection is logged, not thrown. */
export function createPool(settings: PoolSettings, logger?: Logger): pg.Pool {
  const pool = new pg.Pool({ ...poolConfig(settings), types });
  const closed = (error: Error) => logger?.warn({ err: error.message }, "postgres closed a connection");
  pool.on("error", closed);
  pool.on("connect", (client) => client.on("error", closed));
  return pool;
}

/** A name for a statement that is prepared: the same for the same text, and shorter than Postgres' 63 characters. */
function nameOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

function executor(client: pg.Pool | pg.PoolClient): SqlExecutor {
  return {
    async query<Row>(statement: Sql, { prepared = false }: QueryOptions = {}) {
      const { text, values } = statement;
      const result = await client.query({ text, values: values as unknown[], ...(prepared && { name: nameOf(text) }) });
      return result.rows as Row[];
    },
  };
}

export function poolDatabase(pool: pg.Pool): Database {
  return {
    ...executor(pool),
    async transaction(work) {
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        await client.query("BEGIN");
        const result = await failWithFailedStatement(executor(client), work);
        await client.query("COMMIT");
        return result;
      } catch (error) {
        await client.query("ROLLBACK").catch((rollbackError: Error) => {
          broken = rollbackError;
        });
        throw error;
      } finally {
        client.release(broken);
      }
    },
  };
}
