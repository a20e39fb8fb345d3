/** Prometheus text. Three figures do not need a client library. */
import type { FaultState } from "./faults.ts";
import type { Ledger } from "./ledger.ts";

export function metricsText(
  answered: ReadonlyMap<string, number>,
  counts: ReturnType<Ledger["counts"]>,
  faults: FaultState,
): string {
  return [
    "# TYPE gateway_answers_total counter",
    ...[...answered].map(([status, count]) => `gateway_answers_total{status="${status}"} ${count}`),
    "# TYPE gateway_ledger_entries gauge",
    `gateway_ledger_entries{kind="capture"} ${counts.capture}`,
    `gateway_ledger_entries{kind="refund"} ${counts.refund}`,
    "# TYPE gateway_down gauge",
    `gateway_down ${faults.down ? 1 : 0}`,
    "",
  ].join("\n");
}
