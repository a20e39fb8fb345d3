/**
 * Processes of the operating system by their id: whether one lives, what it is, and how to end it.
 * A recorded id is trusted only together with the process's start time, since ids are reused.
 */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

const POLL_MS = 50;
/** Places in the list that `readStat` returns. */
const STATE = 0;
const PARENT = 1;
/** Its own in user and in kernel mode, and that of children that ended. */
const CPU_TICKS = [11, 12, 13, 14] as const;
const START_TICKS = 19;
/** What Linux counts a tick as towards programs, whatever its own clock. */
const TICK_MS = 10;

/** A process that ended and waits to be reaped is not alive: in a container it may never be reaped. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return readStat(pid)?.[STATE] !== "Z";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"; // it lives, and belongs to someone else
  }
}

/** Signals `pid`; false when the process does not exist any more. */
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

/** The fields of /proc/pid/stat after the name, which is in parentheses and may contain spaces. */
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

/**
 * CPU time that a process and all it started have used, in milliseconds; also those that ended, once their parent has noticed.
 * Undefined where the system does not say.
 *
 * @param except the ids of descendants that are left out
 */
export function cpuOfTree(root: number, except: readonly number[] = []): number | undefined {
  const ticks = treeOf(root, except)?.flatMap(({ stat }) => CPU_TICKS.map((place) => Number(stat[place] ?? 0)));
  return ticks === undefined ? undefined : sumOf(ticks) * TICK_MS;
}

/** Memory of a process and all it started, in kilobytes; what several of them share counts once. Undefined where the system does not say. */
export function memoryOfTree(root: number): number | undefined {
  const shares = treeOf(root, [])?.map(
    ({ pid }) => /^Pss:\s+(\d+) kB$/m.exec(readProc(pid, "smaps_rollup") ?? "")?.[1],
  );
  return shares === undefined ? undefined : sumOf(shares.map((kilobytes) => Number(kilobytes ?? 0)));
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0);

interface Descendant {
  readonly pid: number;
  readonly stat: readonly string[];
}

/** The process and all it started. */
function treeOf(root: number, except: readonly number[]): Descendant[] | undefined {
  if (readStat(root) === undefined) return undefined;
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && !except.includes(Number(name)))
    .map((name) => ({ pid: Number(name), stat: readStat(Number(name)) ?? [] }));
  const tree = new Set([root]);
  let known = 0;
  // A child's id may be lower than its parent's: ids are reused.
  while (known < tree.size) {
    known = tree.size;
    for (const { pid, stat } of all) if (tree.has(Number(stat[PARENT]))) tree.add(pid);
  }
  return all.filter(({ pid }) => tree.has(pid));
}

/** Sends each signal in turn and gives the process that long to go; false when it outlived all of them. */
export async function endProcess(pid: number, steps: readonly (readonly [NodeJS.Signals, number])[]): Promise<boolean> {
  for (const [signal, waitMs] of steps) {
    if (!signalProcess(pid, signal) || (await waitForExit(pid, waitMs))) return true;
  }
  return !isAlive(pid);
}
