/** What watches: a sample of the projections a second, the checks every few, and word of each alert. */
import type { Loop } from "@tillstream/runtime";
import { notifyAlerts } from "./alerts.ts";
import type { Alert } from "./alerts.ts";
import type { AlertRule } from "./alert-rule.ts";
import type { Check, Checking } from "./check.ts";
import { SAMPLE_INTERVAL_MS, sampleProjections } from "./sample-projections.ts";
import { ASK_EVERY_MS, watchOnce } from "./watch.ts";

/** While another process takes the samples, this one only looks whether it still does. */
const STAND_BY_MS = 3_000;

export interface Monitoring {
  readonly rule: AlertRule;
  /** Rejects when the word did not get through; then it is sent again. */
  readonly notify?: (alert: Alert) => Promise<void>;
  readonly checking?: Checking;
}

/**
 * Two loops: one samples the lag of every projection, one asks the checks and tells of alerts. Any number of processes may run
 * them, each with the checks that it has.
 */
export function monitoringLoops(
  { rule, notify }: Omit<Monitoring, "checking">,
  checks: readonly Check[],
): readonly Loop[] {
  return [
    {
      name: "monitor",
      intervalMs: SAMPLE_INTERVAL_MS,
      looksOn: true,
      turn: async ({ db }) => ((await sampleProjections(db, rule)) ? SAMPLE_INTERVAL_MS : STAND_BY_MS),
    },
    {
      name: "watch",
      intervalMs: ASK_EVERY_MS,
      looksOn: true,
      async turn({ db }) {
        await watchOnce(db, checks);
        if (notify !== undefined) await notifyAlerts(db, notify);
      },
    },
  ];
}
