/**
 * One process that is kept running: started, started again with a growing delay when it ends by itself or hangs, and stopped so that
 * neither it nor a process it started stays behind.
 */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { DEFAULT_BACKOFF, restartDelayMs } from "./backoff.ts";
import type { Backoff } from "./backoff.ts";
import { isLive } from "./liveness.ts";
import { endGroup, GROUPS, killGroup } from "./process-group.ts";

export type OutputStream = "stdout" | "stderr";

export interface ProcessSpec {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Record<string, string>;
  /** Answers as long as another start would not help. */
  readonly livenessUrl?: string;
}

/** How a process that hangs is noticed: it is asked now and then, and does not answer so many times in a row. */
export interface Watchfulness {
  readonly everyMs: number;
  readonly timeoutMs: number;
  readonly misses: number;
  /** Until its first answer it may take so long. */
  readonly startMs: number;
}

/** Some 20 to 25 seconds, since a busy machine may keep a process from answering for a while; two minutes for a start. */
export const DEFAULT_WATCHFULNESS: Watchfulness = { everyMs: 5_000, timeoutMs: 5_000, misses: 3, startMs: 120_000 };

export interface ProcessEvents {
  onLine(name: string, line: string, stream: OutputStream): void;
  onStart(name: string, pid: number): void;
  /** It ended without being asked to, and starts again after the delay. */
  onCrash(name: string, how: string, restartInMs: number): void;
}

export interface SupervisedProcess {
  readonly name: string;
  pid(): number | undefined;
  start(): void;
  /** Ends it and everything it started, and keeps it ended. SIGTERM first, SIGKILL after 10 s. */
  stop(): Promise<void>;
}

function describeEnd(code: number | null, signal: NodeJS.Signals | null): string {
  return signal === null ? `ended with exit code ${code ?? "unknown"}` : `was ended by ${signal}`;
}

/** One that starts is asked more often: it may hang as soon as it is there. */
const STARTING_SHARE = 0.1;

export function superviseProcess(
  spec: ProcessSpec,
  events: ProcessEvents,
  backoff: Backoff = DEFAULT_BACKOFF,
  watchfulness: Watchfulness = DEFAULT_WATCHFULNESS,
): SupervisedProcess {
  let child: ChildProcess | undefined;
  let restart: NodeJS.Timeout | undefined;
  let crashes = 0;
  let startedAt = 0;
  let hung: string | undefined;
  let stopping = false;

  function ended(how: string): void {
    child = undefined;
    if (stopping) return;
    if (performance.now() - startedAt >= backoff.healthyAfterMs) crashes = 0;
    const delayMs = restartDelayMs(crashes, backoff);
    crashes += 1;
    restart = setTimeout(start, delayMs);
    events.onCrash(spec.name, how, delayMs);
  }

  function start(): void {
    if (stopping || child !== undefined) return;
    startedAt = performance.now();
    hung = undefined;
    const started = spawn(spec.program, spec.args, {
      cwd: spec.cwd,
      env: spec.env,
      detached: GROUPS,
      stdio: ["ignore", "pipe", "pipe"],
    });
    child = started;
    for (const stream of ["stdout", "stderr"] as const) {
      createInterface({ input: started[stream] }).on("line", (line) => events.onLine(spec.name, line, stream));
    }
    started.once("error", (error) => started.pid === undefined && ended(`cannot be started: ${error.message}`));
    started.once("exit", (code, signal) => ended(hung ?? describeEnd(code, signal)));
    if (started.pid !== undefined) events.onStart(spec.name, started.pid);
    if (spec.livenessUrl !== undefined) void watch(started, spec.livenessUrl);
  }

  async function watch(watched: ChildProcess, livenessUrl: string): Promise<void> {
    const { everyMs, timeoutMs, misses, startMs } = watchfulness;
    let answered = false;
    let left = misses;
    while (child === watched && !stopping && watched.pid !== undefined) {
      const live = await isLive(livenessUrl, timeoutMs);
      answered ||= live;
      if (live) left = misses;
      else if (answered || performance.now() - startedAt > startMs) left -= 1;
      if (left === 0 && child === watched && !stopping) {
        hung = `hung and was ended: no answer from ${livenessUrl}`;
        killGroup(watched.pid);
      }
      await delay(answered ? everyMs : everyMs * STARTING_SHARE, undefined, { ref: false });
    }
  }

  return {
    name: spec.name,
    pid: () => child?.pid,
    start,
    async stop() {
      stopping = true;
      clearTimeout(restart);
      if (child?.pid !== undefined) await endGroup(child.pid);
    },
  };
}
