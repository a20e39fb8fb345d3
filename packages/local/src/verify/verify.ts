/** Checks every invariant of the database, one after the other. */
import { sql, systemScheduler } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { consumerInvariants } from "./consumers.ts";
import { historyInvariants } from "./history.ts";
import type { Finding, Invariant } from "./invariant.ts";
import { readLedger } from "./ledger.ts";
import { moneyInvariants } from "./money.ts";
import { orderInvariants } from "./orders.ts";
import { stockInvariants } from "./stock.ts";

export const invariants: readonly Invariant[] = [
  ...historyInvariants,
  ...orderInvariants,
  ...stockInvariants,
  ...moneyInvariants,
  ...consumerInvariants,
];

export interface Verdict extends Finding {
  readonly name: string;
  readonly outcome: "holds" | "broken" | "not checked";
  readonly milliseconds: number;
}

export interface VerifyOptions {
  readonly db: Database;
  /** Undefined: without the gateway, what needs it is left out. */
  readonly gatewayUrl?: string | undefined;
}

export async function verify({ db, gatewayUrl }: VerifyOptions): Promise<Verdict[]> {
  const ledger = gatewayUrl === undefined ? undefined : await readLedger(gatewayUrl);
  const verdicts: Verdict[] = [];
  for (const { name, needsGateway = false, check } of invariants) {
    if (needsGateway && ledger === undefined) {
      if (gatewayUrl !== undefined)
        verdicts.push({
          name,
          outcome: "not checked",
          checked: 0,
          broken: ["the gateway does not answer"],
          milliseconds: 0,
        });
      continue;
    }
    const started = performance.now();
    const finding = await check({ db, ledger });
    const outcome = finding.broken.length === 0 ? "holds" : "broken";
    verdicts.push({ name, outcome, ...finding, milliseconds: performance.now() - started });
  }
  return verdicts;
}

const POLL_MS = 200;

/** Resolves when no order is pending, everything is published and everybody has caught up; false when that takes too long. */
export async function waitUntilSettled(db: Database, timeoutMs: number): Promise<boolean> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const [row] = await db.query<{ busy: boolean }>(sql`
      SELECT EXISTS (SELECT FROM orders WHERE status = 'pending') OR EXISTS (SELECT FROM outbox_events WHERE NOT published)
          OR EXISTS (SELECT FROM sagas WHERE status IN ('running', 'compensating'))
          OR EXISTS (SELECT FROM projection_checkpoints c CROSS JOIN event_log_head h WHERE c.position < h.position)
          OR EXISTS (SELECT FROM consumer_checkpoints c CROSS JOIN event_log_head h WHERE c.position < h.position) AS busy`);
    if (row?.busy === false) return true;
    if (performance.now() >= end) return false;
    await systemScheduler.sleep(POLL_MS);
  }
}
