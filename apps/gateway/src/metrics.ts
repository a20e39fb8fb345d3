/** Prometheus text. Three figures do not need a client library. */
import type { FaultState } from "./faults.ts";
import type { Ledger } from "./ledger.ts";

export function metricsText(
  answered: ReadonlyMap<string, number>,
  counts: ReturnType<Ledger["counts"]>,
  faults: FaultState,
): string {
  return [
    "# HELP gateway_answers_total Requests by the status they were answered with, none for one that never was",
    "# TYPE gateway_answers_total counter",
    ...[...answered].map(([status, count]) => `gateway_answers_total{status="${status}"} ${count}`),
    "# HELP gateway_ledger_entries What the ledger holds",
    "# TYPE gateway_ledger_entries gauge",
    `gateway_ledger_entries{kind="capture"} ${counts.capture}`,
    `gateway_ledger_entries{kind="refund"} ${counts.refund}`,
    "# HELP gateway_down 1 while the gateway was told to be down",
    "# TYPE gateway_down gauge",
    `gateway_down ${faults.down ? 1 : 0}`,
    "",
  ].join("\n");
}
