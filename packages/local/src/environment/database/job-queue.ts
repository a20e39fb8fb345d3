/** The tables of the job queue (graphile-worker), migrated by the owner before a process needs them. */
import { createPool } from "@tillstream/db";
import { Logger, runMigrations } from "graphile-worker";

const silent = new Logger(() => () => undefined);

/** On connections of our own: if the server ends one while they are closing, that is not a fault. */
export async function migrateJobQueue(url: string): Promise<void> {
  const pool = createPool({ url, max: 2, applicationName: "job-queue" });
  try {
    await runMigrations({ pgPool: pool, logger: silent });
  } finally {
    await pool.end();
  }
}
