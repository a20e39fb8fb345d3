/** What Postgres counts. The connection that asks is to be left out of what is counted: its role is the owner's, which nothing else here uses. */
import { raw, sql, systemScheduler } from "@tillstream/runtime";
import type { Database, SqlExecutor } from "@tillstream/runtime";
import { STATISTICS_SCHEMA } from "./cluster.ts";
import type { Counters, Statement } from "./counters.ts";

const SAMPLE_MS = 50;

interface Counter {
  readonly name: string;
  readonly value: number;
}

const countersOf = (rows: readonly Counter[]): Counters =>
  Object.fromEntries(rows.map(({ name, value }) => [name, value]));

const rowsOfTables = (view: string) => sql`
  SELECT relname || '.' || counted.name AS name, counted.value::float8 AS value
  FROM ${raw(view)}, LATERAL (VALUES ('inserted', n_tup_ins), ('updated', n_tup_upd), ('hot', n_tup_hot_upd),
                                     ('deleted', n_tup_del)) counted (name, value)`;

/** What backends tell at their leisure: up to ten seconds after the fact when they have nothing to do. */
export const LATE_MS = 11_000;

export async function readLate(db: SqlExecutor): Promise<Counters> {
  await db.query(sql`SELECT pg_stat_force_next_flush()`); // of what this connection has done itself
  const rows = await db.query<Counter>(sql`
    SELECT 'transactions' AS name, (xact_commit + xact_rollback)::float8 AS value
    FROM pg_stat_database WHERE datname = current_database()
    UNION ALL SELECT 'fsyncs', sum(fsyncs)::float8 FROM pg_stat_io WHERE object = 'wal'
    UNION ALL SELECT 'full pages', wal_fpi::float8 FROM pg_stat_wal
    UNION ALL ${rowsOfTables("pg_stat_user_tables")}`);
  return countersOf(rows);
}

/** What has been written to the log so far, in bytes. */
export async function readWal(db: SqlExecutor): Promise<number> {
  const [row] = await db.query<{ bytes: number }>(sql`
    SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 AS bytes`);
  return row?.bytes ?? 0;
}

/** All but the owner's own. */
export async function readStatements(db: SqlExecutor): Promise<Statement[]> {
  return await db.query<Statement>(sql`
    SELECT userid || '/' || queryid AS id, query AS text, calls::float8 AS calls, plans::float8 AS plans,
           total_plan_time AS "planMs", total_exec_time AS "execMs"
    FROM ${raw(STATISTICS_SCHEMA)}.pg_stat_statements
    WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND userid <> (SELECT oid FROM pg_roles WHERE rolname = current_user)`);
}

/** Everything that is scheduled leaves now. Resolves to the rows of tables that this itself has changed. */
export async function makeDue(db: Database): Promise<Counters> {
  return await db.transaction(async (tx) => {
    await tx.query(sql`UPDATE shipments SET due_at = now() WHERE status = 'scheduled'`);
    return countersOf(await tx.query<Counter>(rowsOfTables("pg_stat_xact_user_tables")));
  });
}

/** Milliseconds that backends have waited in the midst of a statement, by kind of wait: seen every now and then, and added up. */
export function sampleWaits(db: SqlExecutor): { read(): Counters; stop(): Promise<void> } {
  const waits: Record<string, number> = {};
  const stopping = new AbortController();
  async function sample(): Promise<void> {
    let last = performance.now();
    while (!stopping.signal.aborted) {
      await systemScheduler.sleep(SAMPLE_MS, stopping.signal);
      const rows = await db.query<Counter>(sql`
        SELECT 'waits ' || wait_event_type AS name, count(*)::float8 AS value FROM pg_stat_activity
        WHERE state = 'active' AND wait_event_type IS NOT NULL AND pid <> pg_backend_pid() GROUP BY 1`);
      const now = performance.now();
      for (const { name, value } of rows) waits[name] = (waits[name] ?? 0) + value * (now - last);
      last = now;
    }
  }
  const sampling = sample();
  return {
    read: () => ({ ...waits }),
    stop: async () => {
      stopping.abort();
      await sampling;
    },
  };
}
