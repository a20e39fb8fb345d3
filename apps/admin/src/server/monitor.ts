/** The console's lag monitor: one for the process, however often Next loads this module. */
import { alertRule, monitorProjections } from "@tillstream/eventing";
import { kernelSettings, readEnv, systemScheduler } from "@tillstream/runtime";
import { server } from "./services.ts";

const holder = globalThis as typeof globalThis & { tillstreamMonitor?: Promise<void> };

/** Word of alerts is the worker's to send; here they are only found. */
export function startMonitor(): void {
  const { db, logger } = server().services;
  const { PROJECTION_LAG_ALERT_MS } = readEnv(kernelSettings);
  holder.tillstreamMonitor ??= monitorProjections({
    db,
    logger,
    scheduler: systemScheduler,
    signal: new AbortController().signal,
    rule: alertRule(PROJECTION_LAG_ALERT_MS / 1_000),
  });
}
