/** Verifying the whole database: every invariant, against one snapshot. */
import { performance } from "node:perf_hooks";
import { sql } from "@tillstream/runtime";
import type { Database, SqlExecutor } from "@tillstream/runtime";
import { accountInvariants } from "./accounts.ts";
import { cardPaymentInvariants } from "./card-payments.ts";
import { cartInvariants } from "./carts.ts";
import { erasureInvariants } from "./erasures.ts";
import { LedgerUnavailableError } from "./gateway-ledger.ts";
import type { GatewayLedger } from "./gateway-ledger.ts";
import { historyInvariants } from "./history.ts";
import type { Invariant } from "./invariant.ts";
import { mailInvariants } from "./mails.ts";
import { orderInvariants } from "./orders.ts";
import { sagaInvariants } from "./sagas.ts";
import { partRefundInvariants } from "./part-refunds.ts";
import { priceInvariants } from "./prices.ts";
import { returnInvariants } from "./returns.ts";
import { salesInvariants } from "./sales.ts";
import { shipmentInvariants } from "./shipments.ts";
import { stockInvariants } from "./stock.ts";
import { storeCreditInvariants } from "./store-credit.ts";
import { subscriptionInvariants } from "./subscriptions.ts";

export { httpLedger } from "./gateway-ledger.ts";
export { settled } from "./settled.ts";

export const invariants: readonly Invariant[] = [
  ...historyInvariants,
  ...orderInvariants,
  ...priceInvariants,
  ...cartInvariants,
  ...sagaInvariants,
  ...stockInvariants,
  ...shipmentInvariants,
  ...cardPaymentInvariants,
  ...storeCreditInvariants,
  ...partRefundInvariants,
  ...returnInvariants,
  ...accountInvariants,
  ...salesInvariants,
  ...mailInvariants,
  ...erasureInvariants,
  ...subscriptionInvariants,
];

export interface Finding {
  readonly name: string;
  readonly explanation: string;
  /** `skipped` was asked for; `notChecked` was not, and counts as broken; `moving` changed at each look while the system was at work. */
  readonly status: "holds" | "broken" | "notChecked" | "skipped" | "moving";
  readonly checked: number;
  readonly broken: readonly string[];
  readonly durationMs: number;
  /** Why it was not checked. */
  readonly reason?: string;
}

export interface VerifyOptions {
  /** Undefined: do without, and skip what needs it. */
  readonly gateway: GatewayLedger | undefined;
  /** Names; all by default. */
  readonly only?: ReadonlySet<string>;
  onFinding?(finding: Finding): void;
}

/** Reads only: Postgres itself refuses a write in this transaction. */
export async function verify(db: Database, options: VerifyOptions): Promise<Finding[]> {
  return db.transaction(async (tx) => {
    await tx.query(sql`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY`);
    return checkInvariants(tx, options);
  });
}

/** Checks one after the other, on whatever the transaction sees. */
export async function checkInvariants(tx: SqlExecutor, options: VerifyOptions): Promise<Finding[]> {
  const { gateway, only, onFinding } = options;
  const findings: Finding[] = [];
  for (const invariant of invariants) {
    if (only?.has(invariant.name) === false) continue;
    const finding = await examine(invariant, tx, gateway);
    onFinding?.(finding);
    findings.push(finding);
  }
  return findings;
}

async function examine(invariant: Invariant, tx: SqlExecutor, gateway: GatewayLedger | undefined): Promise<Finding> {
  const { name, explanation, needsGateway = false } = invariant;
  const startedAt = performance.now();
  const finding = (status: Finding["status"], rest: Partial<Finding> = {}): Finding => {
    const durationMs = Math.round(performance.now() - startedAt);
    return { name, explanation, status, checked: 0, broken: [], durationMs, ...rest };
  };
  if (needsGateway && gateway === undefined) return finding("skipped", { reason: "without the gateway" });
  await tx.query(sql`SAVEPOINT invariant`);
  try {
    const outcome = await invariant.check(tx, gateway ?? NO_GATEWAY);
    return finding(outcome.broken.length === 0 ? "holds" : "broken", outcome);
  } catch (error) {
    // The others go on in the same snapshot; where the connection is gone, this throws.
    await tx.query(sql`ROLLBACK TO SAVEPOINT invariant`);
    const words = error instanceof Error ? error.message : String(error);
    if (error instanceof LedgerUnavailableError) return finding("notChecked", { reason: words });
    return finding("broken", { broken: [`the check itself failed: ${words}`] });
  } finally {
    await tx.query(sql`RELEASE SAVEPOINT invariant`);
  }
}

const NO_GATEWAY: GatewayLedger = {
  entries: () => Promise.reject(new Error("this invariant does not say that it needs the gateway")),
};
