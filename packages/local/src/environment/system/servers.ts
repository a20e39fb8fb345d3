/**
 * The servers beneath the processes, ready to use: Postgres migrated and with the lesser role,
 * Redis where it can be had. Embedded ones are started here, a user's own are only prepared.
 */
import { createHmac } from "node:crypto";
import { join } from "node:path";
import { ensureAppRole, migrate } from "@tillstream/db/migrate";
import { migrateJobQueue } from "../database/job-queue.ts";
import { BusyPortError } from "../ports.ts";
import { ownerUrl, startPostgres } from "../postgres.ts";
import type { RunningPostgres } from "../postgres.ts";
import { startRedis } from "../redis.ts";
import type { RunningRedis } from "../redis.ts";
import type { Ports } from "../settings.ts";
import { keepRunning } from "./keep-running.ts";
import type { KeptServer } from "./keep-running.ts";

const APP_ROLE = "tillstream_app";

export type ServerName = "postgres" | "redis";

export interface ServerOptions {
  readonly dataDir: string;
  readonly ports: Pick<Ports, "postgres" | "redis">;
  readonly databaseUrl: string | undefined;
  readonly databaseIsNamed?: boolean;
  readonly appDatabaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  readonly secret: string;
  /** Off for commands that only need the database. */
  readonly withRedis?: boolean;
  /** For a command beside a system that may run already. */
  readonly keepPassword?: boolean;
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
  /** Whether the database is the embedded one: only there logins with a published password are made. */
  readonly isEmbedded: boolean;
  /** The process ids of the embedded ones. */
  pid(name: ServerName): number | undefined;
  /** Redis first, Postgres last. */
  stop(): Promise<void>;
}

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
  options.log("preparing the database");
  const { applied } = await migrate({ url, after: [migrateJobQueue] });
  if (applied.length > 0) options.log(`migrated the database (${applied.length} migrations)`);
  const { log, keepPassword = false } = options;
  const appUrl = await ensureAppRole({ url, ...appCredentials(options), keepPassword, log });
  return options.appDatabaseUrl ?? appUrl ?? url;
}

async function startEmbeddedPostgres({
  dataDir,
  ports,
  durable,
  log,
}: ServerOptions): Promise<KeptServer<RunningPostgres>> {
  const start = (): Promise<RunningPostgres> =>
    startPostgres({ dataDir: join(dataDir, "postgres"), port: ports.postgres, durable, log });
  const started = performance.now();
  const postgres = keepRunning("postgres", await start(), start, log);
  log(`postgres runs on port ${ports.postgres} (${((performance.now() - started) / 1_000).toFixed(1)} s)`);
  return postgres;
}

/** A user who names the address of a server of their own means that one. */
function unlessUsersOwn({ databaseIsNamed, ports, log }: ServerOptions): (error: unknown) => undefined {
  return (error) => {
    if (databaseIsNamed !== true || !(error instanceof BusyPortError)) throw error;
    log(`DATABASE_URL: a server listens on port ${ports.postgres} already, and is used`);
    return undefined;
  };
}

async function startEmbeddedRedis({
  dataDir,
  ports,
  log,
  onStart,
}: ServerOptions): Promise<KeptServer<RunningRedis> | undefined> {
  const start = async (): Promise<RunningRedis | undefined> => {
    const redis = await startRedis({ port: ports.redis, dataDir, log });
    if (redis !== undefined) onStart?.("redis", redis.pid);
    return redis;
  };
  const first = await start();
  if (first === undefined) return undefined;
  log(`redis runs on port ${ports.redis}`);
  const again = async (): Promise<RunningRedis> => {
    const redis = await start();
    if (redis === undefined) throw new Error("the server is gone from PATH");
    return redis;
  };
  return keepRunning("redis", first, again, log);
}

export async function startServers(options: ServerOptions): Promise<Servers> {
  let postgres: KeptServer<RunningPostgres> | undefined;
  let redis: KeptServer<RunningRedis> | undefined;
  const stop = async (): Promise<void> => {
    await redis?.stop();
    await postgres?.stop();
  };
  try {
    if (options.redisUrl === undefined && options.withRedis !== false) redis = await startEmbeddedRedis(options);
    if (options.databaseUrl === undefined)
      postgres = await startEmbeddedPostgres(options).catch(unlessUsersOwn(options));
    const databaseUrl = options.databaseUrl ?? ownerUrl(options.ports.postgres);
    return {
      databaseUrl,
      appDatabaseUrl: await prepareDatabase(databaseUrl, options),
      redisUrl: options.redisUrl ?? redis?.current().url,
      isEmbedded: postgres !== undefined,
      pid: (name) => (name === "postgres" ? postgres : redis)?.current().pid,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
