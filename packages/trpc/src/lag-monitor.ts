/**
 * The lag monitor of an app's process: a worker that is dead raises no alert about itself, so whoever serves the console
 * watches too. Any number may run; a sample is taken by whoever comes first.
 */
import { alertRule, monitorProjections } from "@tillstream/eventing";
import { kernelSettings, readEnv, systemScheduler } from "@tillstream/runtime";
import type { Services } from "./context.ts";

/** Runs until `signal` aborts; by default as long as the process. Word of alerts is the worker's to send. */
export function runLagMonitor(
  { db, logger }: Services,
  signal: AbortSignal = new AbortController().signal,
): Promise<void> {
  const rule = alertRule(readEnv(kernelSettings).PROJECTION_LAG_ALERT_MS / 1_000);
  return monitorProjections({ db, logger, scheduler: systemScheduler, signal, rule });
}
