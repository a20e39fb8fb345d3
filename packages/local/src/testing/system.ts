/**
 * The real system for browser and fault tests: the same start as `npm start`, on free ports and a
 * temporary data folder, so that it can run beside one that is in use.
 */
import { rmSync } from "node:fs";
import type { Environment } from "../environment/child-env.ts";
import { freePorts, LOOPBACK } from "../environment/ports.ts";
import type { Ports } from "../environment/settings.ts";
import { startLocalSystem } from "../environment/system/system.ts";
import type { LocalSystem } from "../environment/system/system.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** The last lines of each process, for the message of a start that failed. */
const KEPT_LINES_MAX = 200;

export interface StartSystemOptions {
  /** Progress and the output of the processes; by default kept and shown only when the start fails. */
  readonly log?: (line: string) => void;
  /** Settings of the processes on top of the defaults, such as `SAGA_STEP_TIMEOUT_MS`. */
  readonly env?: Environment;
  /** With it, committed data outlives a crash of the machine, at the usual cost. */
  readonly durable?: boolean;
  /** A data folder of an earlier system, which then also outlives this one; a temporary one by default. */
  readonly dataDir?: string;
  /** Aborts the start. */
  readonly signal?: AbortSignal;
}

export interface System extends AsyncDisposable, Pick<LocalSystem, "urls" | "kill" | "pid" | "healthy" | "stop"> {
  /** The owner's URL. */
  readonly databaseUrl: string;
  readonly appDatabaseUrl: string;
  /** Undefined where no Redis can be had. */
  readonly redisUrl: string | undefined;
  readonly ports: Ports;
  readonly dataDir: string;
  /** What the processes and the start wrote last, oldest first. */
  output(): readonly string[];
}

const OF_TESTS = {
  appSecret: undefined,
  hasMasterKeys: false,
  shopUrl: undefined,
  listenHost: LOOPBACK,
  trustedProxies: undefined,
  isLocal: true,
} as const;

async function portsForTests(): Promise<Ports> {
  const [storefront = 0, admin = 0, worker = 0, gateway = 0, postgres = 0, redis = 0] = await freePorts(6);
  return { storefront, admin, worker, gateway, postgres, redis };
}

/** Starts everything and resolves when it answers. For use with `await using`. */
export async function startSystem(options: StartSystemOptions = {}): Promise<System> {
  const dataDir = options.dataDir ?? temporaryFolder("system");
  const removeData = (): void => {
    if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
  };
  const ports = await portsForTests();
  const lines: string[] = [];
  const keep = (line: string): void => {
    lines.push(line);
    if (lines.length > KEPT_LINES_MAX) lines.shift();
    options.log?.(line);
  };
  const own = { databaseUrl: undefined, databaseIsNamed: false, appDatabaseUrl: undefined, redisUrl: undefined };
  try {
    const system = await startLocalSystem({
      mode: "start",
      settings: { dataDir, ports, ...own, ...OF_TESTS },
      durable: options.durable ?? false,
      env: options.env ?? {},
      // Tests wait for all work to be done, which these orders' attempts would take a minute and a half of.
      withDeadLetters: false,
      log: keep,
      onOutput: (name, line) => keep(`${name}: ${line}`),
      signal: options.signal ?? new AbortController().signal,
    });
    const stop = async (): Promise<void> => {
      await system.stop();
      removeData();
    };
    const { databaseUrl, appDatabaseUrl, redisUrl } = system.servers;
    const { urls, kill, pid, healthy } = system;
    const rest = { databaseUrl, appDatabaseUrl, redisUrl, ports, dataDir, output: () => lines };
    return { urls, kill, pid, healthy, stop, ...rest, [Symbol.asyncDispose]: stop };
  } catch (error) {
    removeData();
    throw new Error(`the system did not start:\n${lines.join("\n")}`, { cause: error });
  }
}
