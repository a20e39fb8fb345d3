/** Prometheus text. Three figures do not need a client library. */
import type { FaultState } from "./faults.ts";
import type { LedgerEntry } from "./ledger.ts";

export function metricsText(
  answered: ReadonlyMap<string, number>,
  entries: readonly LedgerEntry[],
  faults: FaultState,
): string {
  const captures = entries.filter(({ kind }) => kind === "capture").length;
  return [
    "# TYPE gateway_answers_total counter",
    ...[...answered].map(([status, count]) => `gateway_answers_total{status="${status}"} ${count}`),
    "# TYPE gateway_ledger_entries gauge",
    `gateway_ledger_entries{kind="capture"} ${captures}`,
    `gateway_ledger_entries{kind="refund"} ${entries.length - captures}`,
    "# TYPE gateway_down gauge",
    `gateway_down ${faults.down ? 1 : 0}`,
    "",
  ].join("\n");
}
