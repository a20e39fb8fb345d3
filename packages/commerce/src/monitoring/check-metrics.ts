/** What is watched, for Prometheus: one set of metrics for every check that there is or will be. */
import type { Alert, CheckState } from "@tillstream/eventing";
import { Gauge } from "prom-client";
import type { Registry } from "prom-client";

export interface CheckMetrics {
  show(states: readonly CheckState[], alerts: readonly Alert[]): void;
}

export function checkMetrics(registers: Registry[]): CheckMetrics {
  const value = new Gauge({
    name: "check_value",
    help: "What a check said last, in seconds, as a share or as a count",
    labelNames: ["check", "subject"],
    registers,
  });
  const threshold = new Gauge({
    name: "check_threshold",
    help: "Above it, something is wrong",
    labelNames: ["check"],
    registers,
  });
  const age = new Gauge({
    name: "check_age_seconds",
    help: "Since a check answered last: nobody asks it, or it cannot be asked",
    labelNames: ["check"],
    registers,
  });
  const firing = new Gauge({
    name: "check_firing",
    help: "1 while an alert fires; cause is the check that explains it, or empty",
    labelNames: ["check", "subject", "cause"],
    registers,
  });
  return {
    show(states, alerts) {
      for (const gauge of [value, threshold, age, firing]) gauge.reset();
      for (const { check, subject, value: said, threshold: limit, askedSecondsAgo } of states) {
        value.set({ check, subject }, said);
        threshold.set({ check }, limit);
        if (subject === "") age.set({ check }, askedSecondsAgo);
      }
      const names = new Map(alerts.map(({ id, check }) => [id, check]));
      for (const { check, subject, status, causeId } of alerts)
        if (status === "firing") firing.set({ check, subject, cause: names.get(causeId ?? 0) ?? "" }, 1);
    },
  };
}
