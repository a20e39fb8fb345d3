/**
 * A database for commands that need one and nothing else (seed, the terminal's operations): that of
 * the running system, the user's own, or the embedded one, started for as long as the command runs.
 */
import { publishSettings } from "../child-env.ts";
import { readLocalSettings } from "../settings.ts";
import { ensureMasterKeys, ensureSecret } from "./secret.ts";
import { startServers } from "./servers.ts";
import { claimDataFolder, findAbandoned, findRunning } from "./state-file.ts";

export interface LocalDatabase {
  /** The owner's URL. */
  readonly url: string;
  /** The URL of the role that the processes run as. */
  readonly appUrl: string;
  /** Whether it is the embedded one, so that logins with a known password may be made. */
  readonly isLocal: boolean;
}

/** Runs `work` on the migrated local database; what was started for it is stopped afterwards. */
export async function withLocalDatabase<Result>(
  command: string,
  log: (line: string) => void,
  work: (database: LocalDatabase) => Promise<Result>,
): Promise<Result> {
  const settings = readLocalSettings();
  const abandoned = findAbandoned(settings.dataDir);
  if (abandoned !== undefined)
    log("What runs here has lost its supervisor, and runs on without. npm start ends it and starts everything again.");
  const running = findRunning(settings.dataDir) ?? abandoned;
  if (running?.databaseUrl !== undefined) {
    const { databaseUrl: url, appDatabaseUrl: appUrl = url } = running;
    publishSettings({
      DATABASE_URL: url,
      APP_DATABASE_URL: appUrl,
      APP_SECRET: settings.appSecret ?? ensureSecret(settings.dataDir),
      ...ensureMasterKeys(settings),
    });
    return work({ url, appUrl, isLocal: running.isEmbedded === true && settings.isLocal });
  }
  const state = await claimDataFolder(settings.dataDir, command, log);
  try {
    const secret = settings.appSecret ?? ensureSecret(settings.dataDir);
    const servers = await startServers({
      ...settings,
      secret,
      durable: true,
      log,
      withRedis: false,
      keepPassword: true,
    });
    const { databaseUrl: url, appDatabaseUrl: appUrl } = servers;
    publishSettings({ DATABASE_URL: url, APP_DATABASE_URL: appUrl, APP_SECRET: secret, ...ensureMasterKeys(settings) });
    try {
      return await work({ url, appUrl, isLocal: servers.isEmbedded && settings.isLocal });
    } finally {
      await servers.stop();
    }
  } finally {
    state.release();
  }
}
