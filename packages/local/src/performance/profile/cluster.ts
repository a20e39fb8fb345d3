/** A Postgres data folder that counts statements. Only a superuser may set that up, and nobody can sign in as one. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { postgresAccount } from "../../environment/postgres/account.ts";
import { findBinaries } from "../../environment/postgres/binaries.ts";
import { ensureCluster } from "../../environment/postgres/data-folder.ts";
import { reachableFolder } from "../../environment/postgres/reachable.ts";

/** In a schema of its own, where the migrations do not meet it. */
export const STATISTICS_SCHEMA = "statistics";

const COUNT_STATEMENTS = [
  `CREATE SCHEMA ${STATISTICS_SCHEMA}`,
  `GRANT USAGE ON SCHEMA ${STATISTICS_SCHEMA} TO PUBLIC`,
  `CREATE EXTENSION pg_stat_statements SCHEMA ${STATISTICS_SCHEMA}`,
  "ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'",
  "ALTER SYSTEM SET pg_stat_statements.track_planning = on",
];

/** Makes the data folder that a start then finds. Resolves to whether statements are counted: not all packages of Postgres can. */
export function makeCountingCluster(dataDir: string, log: (line: string) => void): boolean {
  const account = postgresAccount();
  const binaries = findBinaries(account);
  const extensions = join(dirname(binaries.postgres), "..", "share", "postgresql", "extension");
  const counts = existsSync(join(extensions, "pg_stat_statements.control"));
  ensureCluster(binaries, reachableFolder(dataDir, account), account, true, log, counts ? COUNT_STATEMENTS : []);
  return counts;
}
