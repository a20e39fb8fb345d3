/**
 * Processes of the operating system by their id: whether one lives, what it is, and how to end it.
 * A recorded id is trusted only together with the process's start time, since ids are reused.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

const POLL_MS = 50;
/** Places in the list that `readStat` returns. */
const STATE = 0;
const START_TICKS = 19;

/** A process that ended and waits to be reaped does not live: in a container nobody may ever reap it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return readStat(pid)?.[STATE] !== "Z";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"; // it lives, and belongs to someone else
  }
}

/** Signals `pid`; false when there is no such process any more. */
export function signalProcess(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
    throw error;
  }
}

function ps(pid: number, column: string): string | undefined {
  if (process.platform === "win32") return undefined;
  try {
    const environment = { PATH: "/usr/bin:/bin:/usr/local/bin", LC_ALL: "C" };
    return execFileSync("ps", ["-o", `${column}=`, "-p", String(pid)], {
      encoding: "utf8",
      env: environment,
      stdio: "pipe",
    }).trim();
  } catch {
    return undefined;
  }
}

/** The command line of a process, or undefined when it is gone or cannot be read. */
export const commandLine = (pid: number): string | undefined => readProc(pid, "cmdline") ?? ps(pid, "command");

/** A word that differs between two processes which got the same id one after the other. */
export const startMark = (pid: number): string | undefined => readStat(pid)?.[START_TICKS] ?? ps(pid, "lstart");

function readProc(pid: number, file: string): string | undefined {
  if (process.platform !== "linux") return undefined;
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8").replaceAll("\0", " ").trim();
  } catch {
    return undefined;
  }
}

/** The fields of /proc/pid/stat after the name, which stands in parentheses and may hold spaces. */
function readStat(pid: number): string[] | undefined {
  const stat = readProc(pid, "stat");
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
}

/** Whether `pid` was gone within `timeoutMs`. */
export async function waitForExit(pid: number, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false;
    await delay(POLL_MS);
  }
  return true;
}

/** Sends each signal in turn and gives the process that long to go; false when it outlived all of them. */
export async function endProcess(pid: number, steps: readonly (readonly [NodeJS.Signals, number])[]): Promise<boolean> {
  for (const [signal, waitMs] of steps) {
    if (!signalProcess(pid, signal) || (await waitForExit(pid, waitMs))) return true;
  }
  return !isAlive(pid);
}
