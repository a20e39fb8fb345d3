/**
 * A pooler that hands one server connection to many clients, such as pgbouncer in transaction mode, drops what belongs to a session:
 * LISTEN, and the bounds that keep a statement or a lock from waiting for ever. Nothing fails at once; so it is refused.
 */
import { sql } from "../sql.ts";
import type { SqlExecutor } from "../sql.ts";

export class SharedSessionsError extends Error {
  override readonly name = "SharedSessionsError";

  constructor(cause: string) {
    super(
      `DATABASE_URL or APP_DATABASE_URL leads to a pooler such as pgbouncer (${cause}). Tillstream needs sessions of its own: give it ` +
        "the address of Postgres itself. Each process keeps a pool of at most 32 connections.",
    );
  }
}

/** Pgbouncer's answer to a client that sets bounds as it connects. */
const REFUSED_PARAMETER = /unsupported startup parameter/i;

/** The error as its reader can act on it. */
export function explainPooler(error: unknown): unknown {
  const isRefused = error instanceof Error && REFUSED_PARAMETER.test(error.message);
  return isRefused ? new SharedSessionsError(`it answered: ${error.message}`) : error;
}

/**
 * Throws `SharedSessionsError` when the bound that was asked for at the start of the session is not the one that it has: none, or
 * what the server gives a session that asks for nothing, such as by ALTER ROLE.
 */
export async function assertOwnSessions(
  db: SqlExecutor,
  bound: "lock_timeout" | "statement_timeout",
  askedMs: number,
): Promise<void> {
  const rows = await db
    .query<{ setting: string }>(sql`SELECT setting FROM pg_settings WHERE name = ${bound}`)
    .catch((error: unknown) => {
      throw explainPooler(error);
    });
  if (rows[0]?.setting !== String(askedMs)) throw new SharedSessionsError(`it took ${bound} and did not pass it on`);
}
