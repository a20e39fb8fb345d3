/** The monitor's loop: a sample a second, and word to whoever is to be told. */
import type { Database, Logger, Scheduler } from "@tillstream/runtime";
import { notifyAlerts, SAMPLE_INTERVAL_MS, sampleProjections } from "./alerts.ts";
import type { ProjectionAlert } from "./alerts.ts";
import type { AlertRule } from "./alert-rule.ts";

export interface MonitorOptions {
  readonly db: Database;
  readonly logger: Logger;
  readonly scheduler: Scheduler;
  readonly signal: AbortSignal;
  readonly rule: AlertRule;
  /** Rejects when the word did not get through; then it is sent again. */
  readonly notify?: (alert: ProjectionAlert) => Promise<void>;
}

/** Runs until `signal` aborts. */
export async function monitorProjections({
  db,
  logger,
  scheduler,
  signal,
  rule,
  notify,
}: MonitorOptions): Promise<void> {
  while (!signal.aborted) {
    try {
      await sampleProjections(db, rule);
      if (notify !== undefined) await notifyAlerts(db, notify);
    } catch (error) {
      logger.debug({ err: (error as Error).message }, "monitor: trying again");
    }
    await scheduler.sleep(SAMPLE_INTERVAL_MS, signal);
  }
}
