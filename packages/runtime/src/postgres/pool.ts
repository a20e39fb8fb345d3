/**
 * Connections to Postgres, and the `Database` port over them. Nothing waits for ever: a statement or a lock that takes longer
 * than its bound is ended by Postgres itself, and a connection on which Postgres does not even do that is thrown away.
 */
import type { Socket } from "node:net";
import pg from "pg";
import { failWithFailedStatement } from "./failed-statement.ts";
import { LateBeginClient } from "./late-begin.ts";
import { noteAway, noteBack, reportPresence } from "./presence.ts";
import { renewNamesAfter, statementName } from "./statement-names.ts";
import type { Database, Sql, SqlExecutor } from "../sql.ts";
import type { Logger } from "../logger.ts";

const CONNECT_TIMEOUT_MS = 3_000;
/** Long, since what a connection has prepared goes with it. One that lies idle on a dead path is ended by the system's keep-alive. */
const IDLE_TIMEOUT_MS = 300_000;
export const STATEMENT_TIMEOUT_MS = 20_000;
/** By then Postgres would have ended the statement and said so. */
const SILENCE_AFTER_STATEMENT_MS = 5_000;
const KEEP_ALIVE_AFTER_MS = 10_000;
const LOCK_TIMEOUT_MS = 5_000;
/** Of a session whose client is gone without a word, Postgres gives the locks back before that client tries again. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 20_000;

const DISK_FULL = "53100";
const FULL_FOR_MS = 30_000;
/** It crashed, or starts or stops. Not 57P01, by which a single session is ended as well. */
const AWAY = new Set<string | undefined>(["57P02", "57P03"]);

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
  /** For the long questions of tools; 20 s by default. */
  readonly statementTimeoutMs?: number;
  /** 5 s by default. */
  readonly lockTimeoutMs?: number;
  /** For a connection, or for a free one of the pool; 3 s by default. */
  readonly connectTimeoutMs?: number;
}

let refusedForSpaceAt: number | undefined;

/** `full` when Postgres has refused a write of this process for lack of space in the last half minute: reading goes on then. */
export function storageHealth(): "ok" | "full" {
  const isFull = refusedForSpaceAt !== undefined && performance.now() - refusedForSpaceAt < FULL_FOR_MS;
  return isFull ? "full" : "ok";
}

/** What pg's types leave out of a client. */
interface ClientInside {
  readonly connection: {
    readonly stream: Socket;
    on(event: "errorMessage", listener: (error: pg.DatabaseError) => void): void;
    on(event: "error", listener: (error: Error) => void): void;
  };
  /** False from the moment something is asked until it is answered. */
  readonly readyForQuery: boolean;
}

/**
 * A client whose path may die without a word, such as by a firewall that forgot it: when what was asked is not answered in time,
 * the connection is destroyed and everything that waits on it fails with `ETIMEDOUT`. `query_timeout` of pg would leave it in use.
 */
export class BoundedClient extends LateBeginClient {
  constructor(config: pg.ClientConfig = {}) {
    super({ keepAlive: true, keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS, ...config });
    const inside = this as unknown as ClientInside;
    const { stream } = inside.connection;
    inside.connection.on("errorMessage", (error) => {
      if (error.code === DISK_FULL) refusedForSpaceAt = performance.now();
      if (AWAY.has(error.code)) noteAway(error);
      renewNamesAfter(error);
    });
    inside.connection.on("error", noteAway);
    this.on("connect", noteBack);
    const silenceMs = (Number(config.statement_timeout) || STATEMENT_TIMEOUT_MS) + SILENCE_AFTER_STATEMENT_MS;
    stream.setTimeout(silenceMs, () => {
      if (inside.readyForQuery) return;
      const error = new Error(`Postgres did not answer for ${silenceMs / 1_000} s`);
      stream.destroy(Object.assign(error, { code: "ETIMEDOUT" }));
    });
  }
}

export function poolConfig(settings: PoolSettings): pg.PoolConfig & { readonly Client: typeof pg.Client } {
  const {
    url,
    max,
    applicationName,
    statementTimeoutMs = STATEMENT_TIMEOUT_MS,
    lockTimeoutMs = LOCK_TIMEOUT_MS,
    connectTimeoutMs = CONNECT_TIMEOUT_MS,
  } = settings;
  return {
    Client: BoundedClient,
    connectionString: url,
    max,
    application_name: applicationName,
    connectionTimeoutMillis: connectTimeoutMs,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
    statement_timeout: statementTimeoutMs,
    lock_timeout: lockTimeoutMs,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
  };
}

/** A pool that survives a restart of Postgres: a broken idle connection is logged, not thrown. */
export function createPool(settings: PoolSettings, logger?: Logger): pg.Pool {
  const pool = new pg.Pool({ ...poolConfig(settings), types });
  if (logger !== undefined) reportPresence(logger);
  const closed = (error: Error) => logger?.warn({ err: error.message }, "postgres closed a connection");
  pool.on("error", closed);
  pool.on("connect", (client) => client.on("error", closed));
  return pool;
}

const HEALTH_POOL_MAX = 4;
/** Within what a health check may take. */
const HEALTH_LOCK_TIMEOUT_MS = 1_000;

/** For questions after health alone: where all other connections wait for a lock, these answer, or say that they waited as well. */
export function createHealthPool({ url, applicationName }: Omit<PoolSettings, "max">, logger?: Logger): pg.Pool {
  const bounds = { statementTimeoutMs: HEALTH_LOCK_TIMEOUT_MS, lockTimeoutMs: HEALTH_LOCK_TIMEOUT_MS };
  return createPool({ url, applicationName: `${applicationName}-health`, max: HEALTH_POOL_MAX, ...bounds }, logger);
}

/** Over a pool, or over one client of it. */
export function executor(client: pg.Pool | pg.ClientBase): SqlExecutor {
  return {
    async query<Row>({ text, values }: Sql) {
      const result = await client.query({ text, values: values as unknown[], name: statementName(text) });
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
