/**
 * The servers beneath the processes, ready to use: Postgres migrated and with the lesser role,
 * Redis where it can be had. Embedded ones are started here, a user's own are only prepared.
 */
import { createHmac } from "node:crypto";
import { join } from "node:path";
import { ensureAppRole, migrate } from "@tillstream/db/migrate";
import { migrateJobQueue } from "../job-queue.ts";
import { startPostgres } from "../postgres.ts";
import type { RunningPostgres } from "../postgres.ts";
import { startRedis } from "../redis.ts";
import type { RunningRedis } from "../redis.ts";
import type { Ports } from "../settings.ts";

const APP_ROLE = "tillstream_app";
const LOCAL_HOSTS = new Set(["127.0.0.1", "localhost", "[::1]"]);

export interface ServerOptions {
  readonly dataDir: string;
  readonly ports: Pick<Ports, "postgres" | "redis">;
  readonly databaseUrl: string | undefined;
  readonly appDatabaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  readonly secret: string;
  /** Off for tests. */
  readonly durable: boolean;
  readonly log: (line: string) => void;
  readonly onStart?: (name: string, pid: number) => void;
}

export interface Servers {
  readonly databaseUrl: string;
  /** The owner's URL where no lesser role can be had. */
  readonly appDatabaseUrl: string;
  readonly redisUrl: string | undefined;
  readonly postgres: RunningPostgres | undefined;
  readonly redis: RunningRedis | undefined;
  /** Redis first, Postgres last. */
  stop(): Promise<void>;
}

/** Whether a database is on this machine, so that logins with a known password may be made in it. */
export const isLocalDatabase = (url: string): boolean => LOCAL_HOSTS.has(new URL(url).hostname);

/** The role and password of the processes: fixed on the embedded server, secret on any other. */
function appCredentials({ databaseUrl, appDatabaseUrl, secret }: ServerOptions): { role: string; password: string } {
  if (databaseUrl === undefined) return { role: APP_ROLE, password: APP_ROLE };
  if (appDatabaseUrl !== undefined) {
    const { username, password } = new URL(appDatabaseUrl);
    return { role: decodeURIComponent(username), password: decodeURIComponent(password) };
  }
  return { role: APP_ROLE, password: createHmac("sha256", secret).update(APP_ROLE).digest("base64url") };
}

async function prepareDatabase(url: string, options: ServerOptions): Promise<string> {
  const { applied } = await migrate({ url, after: [migrateJobQueue] });
  if (applied.length > 0) options.log(`migrated the database (${applied.length} migrations)`);
  const warn = (_: unknown, message: string): void => options.log(message);
  const appUrl = await ensureAppRole({ url, ...appCredentials(options), logger: { warn } });
  return options.appDatabaseUrl ?? appUrl ?? url;
}

export async function startServers(options: ServerOptions): Promise<Servers> {
  const { dataDir, ports, durable, log, onStart } = options;
  let postgres: RunningPostgres | undefined;
  let redis: RunningRedis | undefined;
  const stop = async (): Promise<void> => {
    await redis?.stop();
    await postgres?.stop();
  };
  try {
    if (options.redisUrl === undefined) redis = await startRedis({ port: ports.redis, dataDir, log });
    if (redis !== undefined) onStart?.("redis", redis.pid);
    if (options.databaseUrl === undefined) {
      const started = performance.now();
      postgres = await startPostgres({ dataDir: join(dataDir, "postgres"), port: ports.postgres, durable, log });
      log(`postgres runs on port ${ports.postgres} (${((performance.now() - started) / 1_000).toFixed(1)} s)`);
    }
    const databaseUrl = options.databaseUrl ?? postgres?.url ?? "";
    const appDatabaseUrl = await prepareDatabase(databaseUrl, options);
    return { databaseUrl, appDatabaseUrl, redisUrl: options.redisUrl ?? redis?.url, postgres, redis, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
