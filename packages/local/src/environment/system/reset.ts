/** Deletes the data of the local environment and makes it again. */
import { existsSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { withLocalDatabase } from "./local-database.ts";
import { clearStale } from "../postgres/postmaster.ts";
import { seedIfEmpty } from "../../seed/index.ts";
import type { Size } from "../../seed/index.ts";
import { readLocalSettings } from "../settings.ts";
import type { LocalSettings } from "../settings.ts";
import { findRunning } from "./state-file.ts";

/** What the local environment wrote, and nothing else that may lie in the folder. */
const POSTGRES = "postgres";
const LEDGER = ["", "-wal", "-shm", ".new", ".new-journal"].map((end) => `gateway-ledger.sqlite${end}`);
/** The last is what earlier versions wrote; the gateway takes it over when it finds no other ledger. */
const FILES = ["postgres.log", "postgres.new", "redis.log", ...LEDGER, "gateway-ledger.jsonl"];

/** Why this data must not be deleted; undefined when it may. */
export function refusal({ databaseUrl, dataDir }: Pick<LocalSettings, "databaseUrl" | "dataDir">): string | undefined {
  if (databaseUrl !== undefined) {
    const { host, pathname } = new URL(databaseUrl);
    return `DATABASE_URL points to ${host}${pathname}, which is not the embedded database: reset deletes only that one. Unset DATABASE_URL first.`;
  }
  const running = findRunning(dataDir);
  return running === undefined
    ? undefined
    : `Tillstream runs on this data (process ${running.supervisor.pid}). Stop it first, then reset.`;
}

/** Leaves what is not ours. */
export async function deleteData(dataDir: string): Promise<void> {
  const folder = join(dataDir, POSTGRES);
  if (existsSync(folder)) {
    const real = realpathSync(folder); // as root the data may lie outside, behind a link
    await clearStale(real);
    rmSync(real, { recursive: true, force: true });
  }
  rmSync(folder, { recursive: true, force: true });
  for (const file of FILES) rmSync(join(dataDir, file), { recursive: true, force: true });
}

/** Resolves to the exit code. */
export async function resetLocalData(log: (line: string) => void, size: Size): Promise<number> {
  const settings = readLocalSettings();
  const reason = refusal(settings);
  if (reason !== undefined) {
    log(reason);
    return 1;
  }
  await deleteData(settings.dataDir);
  log(`deleted the local data in ${settings.dataDir}`);
  await withLocalDatabase("reset", log, ({ url, isLocal }) => seedIfEmpty({ url, log, size, withLocalUsers: isLocal }));
  log("The local database is new, migrated and seeded");
  return 0;
}
