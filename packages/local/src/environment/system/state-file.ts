/**
 * `.data/running.json`: who runs on this data folder. It is the lock against a second instance, the
 * way for other commands to find the running system, and the list of what to end after a kill.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { endProcess, isAlive, startMark } from "../processes.ts";

const END_STEPS = [
  ["SIGTERM", 5_000],
  ["SIGKILL", 5_000],
] as const;

const recordedProcess = z.object({
  pid: z.number().int().positive(),
  /** Tells it apart from a later process with the same id. */
  mark: z.string().optional(),
});

const runningState = z.object({
  supervisor: recordedProcess,
  /** `starting` until everything answered. */
  status: z.enum(["starting", "ready"]),
  command: z.string(),
  urls: z.record(z.string(), z.string()),
  databaseUrl: z.string().optional(),
  isEmbedded: z.boolean().optional(),
  appDatabaseUrl: z.string().optional(),
  redisUrl: z.string().optional(),
  processes: z.record(z.string(), recordedProcess),
});

export type RunningState = z.infer<typeof runningState>;
type RecordedProcess = z.infer<typeof recordedProcess>;

/** Another instance runs on the same data folder. */
export class AlreadyRunningError extends Error {
  override readonly name = "AlreadyRunningError";

  constructor(dataDir: string, state: RunningState) {
    const where = state.urls["storefront"] === undefined ? "" : ` at ${state.urls["storefront"]}`;
    super(
      `Tillstream already runs on ${dataDir}${where} (npm run ${state.command}, process ${state.supervisor.pid}). ` +
        `Stop it first, or set TILLSTREAM_DATA_DIR and the ports to run a second one.`,
    );
  }
}

const statePath = (dataDir: string): string => join(dataDir, "running.json");

const recorded = (pid: number): RecordedProcess => ({ pid, mark: startMark(pid) });

const stillRuns = ({ pid, mark }: RecordedProcess): boolean => isAlive(pid) && startMark(pid) === mark;

function readState(dataDir: string): RunningState | undefined {
  try {
    return runningState.safeParse(JSON.parse(readFileSync(statePath(dataDir), "utf8"))).data;
  } catch {
    return undefined; // it does not exist, or was cut short by a kill
  }
}

/** What runs on this data folder now. */
export function findRunning(dataDir: string): RunningState | undefined {
  const state = readState(dataDir);
  return state !== undefined && stillRuns(state.supervisor) ? state : undefined;
}

/** What runs on without its supervisor, which was killed. The next start ends it. */
export function findAbandoned(dataDir: string): RunningState | undefined {
  const state = readState(dataDir);
  if (state === undefined || stillRuns(state.supervisor)) return undefined;
  return Object.values(state.processes).some(stillRuns) ? state : undefined;
}

/** Ends what a supervisor that was killed could not end itself. Postgres is left to its own start. */
async function endLeftovers(state: RunningState, log: (line: string) => void): Promise<void> {
  const left = Object.entries(state.processes).filter(([, process]) => stillRuns(process));
  if (left.length > 0) log(`ending what a killed start left running: ${left.map(([name]) => name).join(", ")}`);
  const group = process.platform === "win32" ? 1 : -1; // each of them leads a group
  await Promise.all(left.map(([, { pid }]) => endProcess(group * pid, END_STEPS)));
}

export interface StateFile {
  update(change: Partial<Omit<RunningState, "supervisor" | "processes">>): void;
  processStarted(name: string, pid: number): void;
  release(): void;
}

/** Takes the data folder for this process. Rejects with `AlreadyRunningError` when another one has it. */
export async function claimDataFolder(
  dataDir: string,
  command: string,
  log: (line: string) => void,
): Promise<StateFile> {
  mkdirSync(dataDir, { recursive: true });
  const running = findRunning(dataDir);
  if (running !== undefined) throw new AlreadyRunningError(dataDir, running);
  const stale = readState(dataDir);
  if (stale !== undefined) await endLeftovers(stale, log);
  rmSync(statePath(dataDir), { force: true });

  let state: RunningState = { supervisor: recorded(process.pid), status: "starting", command, urls: {}, processes: {} };
  // Creating the file exclusively decides between two that came here at the same moment.
  writeFileSync(statePath(dataDir), JSON.stringify(state), { flag: "wx", mode: 0o600 });

  function write(next: RunningState): void {
    state = next;
    const partial = `${statePath(dataDir)}.${process.pid}`;
    writeFileSync(partial, JSON.stringify(state, undefined, 2), { mode: 0o600 });
    renameSync(partial, statePath(dataDir));
  }
  return {
    update: (change) => write({ ...state, ...change }),
    processStarted: (name, pid) => write({ ...state, processes: { ...state.processes, [name]: recorded(pid) } }),
    release: () => rmSync(statePath(dataDir), { force: true }),
  };
}
