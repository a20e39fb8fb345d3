/** The tables of the job queue (graphile-worker), migrated by the owner before a process needs them. */
import { Logger, runMigrations } from "graphile-worker";

const silent = new Logger(() => () => undefined);

export const migrateJobQueue = (url: string): Promise<void> => runMigrations({ connectionString: url, logger: silent });
