/**
 * The postmaster of a data folder as its `postmaster.pid` tells it: finding one that an earlier,
 * killed start left behind, and ending it.
 */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { commandLine, endProcess, isAlive } from "../processes.ts";

/** SIGINT: disconnect everyone and write all out. SIGQUIT: stop at once, recover at the next start. */
const END_STEPS = [
  ["SIGINT", 10_000],
  ["SIGQUIT", 5_000],
  ["SIGKILL", 5_000],
] as const;

const PID_LINE = 0;
const STATUS_LINE = 7;

export interface PidFile {
  readonly pid: number;
  /** `starting`, `ready`, `stopping` or `standby`; undefined as long as it was not written. */
  readonly status: string | undefined;
}

export function parsePidFile(text: string): PidFile | undefined {
  const lines = text.split("\n");
  const pid = Number(lines[PID_LINE]);
  return Number.isInteger(pid) && pid > 0 ? { pid, status: lines[STATUS_LINE]?.trim() } : undefined;
}

const pidFilePath = (folder: string): string => join(folder, "postmaster.pid");

export function readPidFile(folder: string): PidFile | undefined {
  const path = pidFilePath(folder);
  try {
    return existsSync(path) ? parsePidFile(readFileSync(path, "utf8")) : undefined;
  } catch {
    return undefined; // it went away between the two calls
  }
}

export async function endPostmaster(pid: number): Promise<void> {
  if (!(await endProcess(pid, END_STEPS))) throw new Error(`Postgres (process ${pid}) does not stop`);
}

/**
 * Clears the way for a start. A postmaster that still runs on this folder is stopped cleanly. A file that names
 * a foreign process is deleted, because Postgres would take that process for one of its own;
 * a file that names a dead process is left to Postgres, which then also looks for orphaned backends.
 */
export async function clearStale(folder: string): Promise<"stopped" | "clear"> {
  const found = readPidFile(folder);
  if (found === undefined || !isAlive(found.pid)) return "clear";
  const command = commandLine(found.pid);
  if (command !== undefined && command.includes("postgres") && command.includes(folder)) {
    await endPostmaster(found.pid);
    return "stopped";
  }
  rmSync(pidFilePath(folder), { force: true });
  return "clear";
}
