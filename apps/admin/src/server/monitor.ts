/**
 * The monitor of the projections, in this process too: a worker that is dead raises no alert about itself. A sample is
 * taken by whoever comes first, so two monitors measure no more often than one.
 */
import { alertRule, monitorProjections } from "@tillstream/eventing";
import { kernelSettings, readEnv, systemScheduler } from "@tillstream/runtime";
import { server } from "./services.ts";

const holder = globalThis as typeof globalThis & { tillstreamMonitor?: Promise<void> };

/** Once for the process, until it ends. */
export function startMonitor(): void {
  const { db, logger } = server().services;
  holder.tillstreamMonitor ??= monitorProjections({
    db,
    logger,
    scheduler: systemScheduler,
    signal: new AbortController().signal,
    rule: alertRule(readEnv(kernelSettings).PROJECTION_LAG_ALERT_MS / 1_000),
  });
}
