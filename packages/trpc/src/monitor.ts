/**
 * The monitor of an app's process: a worker that is dead raises no alert about itself, so the process that serves the console
 * watches too. Any number may run; each measurement is taken by the first that comes.
 */
import { alertRule, monitoringLoops } from "@tillstream/eventing";
import type { Check } from "@tillstream/eventing";
import { kernelSettings } from "@tillstream/eventing/settings";
import { readEnv, repeat, systemScheduler } from "@tillstream/runtime";
import type { Services } from "./context.ts";

/** The worker samples more often, while it lives. */
const SAMPLE_MS = 2_000;

/** Runs until `signal` aborts; by default as long as the process. Word of alerts is the worker's to send. */
export async function runMonitor(
  { db, logger }: Services,
  checks: readonly Check[],
  signal: AbortSignal = new AbortController().signal,
): Promise<void> {
  const rule = alertRule(readEnv(kernelSettings).PROJECTION_LAG_ALERT_MS / 1_000);
  const loops = monitoringLoops({ rule }, checks);
  const running = loops.map((loop) =>
    repeat(
      { ...loop, intervalMs: Math.max(loop.intervalMs, SAMPLE_MS) },
      { db, logger, scheduler: systemScheduler, signal },
    ),
  );
  await Promise.all(running);
}
