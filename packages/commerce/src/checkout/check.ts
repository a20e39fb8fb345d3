/** Orders are placed and none is completed: what every outage of the checkout comes to, whatever its cause. */
import { defineCheck, whereRunsStand } from "@tillstream/eventing";
import type { Check } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import { lastRecorded, NOT_COMPLETED, OrderConfirmed } from "../order/index.ts";

/** Fewer may be a matter of their own, such as a card that is slow. */
const ORDERS_MIN = 3;
const LOOKED_AT = 1_000;
/** Of an order that was cancelled since something did not answer; a refusal by the bank completes an order in its own way. */
const FAULTS: readonly string[] = ["UNAVAILABLE", "TIMED_OUT", NOT_COMPLETED];

/** For how long the oldest order waits that was placed after the last completion. */
export const completionsStalled: Check = defineCheck({
  name: "completions-stalled",
  title: "No order is completed",
  owner: "orders",
  unit: "seconds",
  part: "Orders",
  effect: "Every customer who orders.",
  next: "See at which step they stand: the gateway at charge, a lock or an item at reserveStock; nowhere, the worker.",
  path: "/sagas?status=running",
  threshold: 20,
  follows: [
    "no-worker",
    "outbox-age",
    "consumer-lag/checkout-saga",
    "saga-jobs",
    "gateway-errors",
    "saga-step-overdue",
    "postgres-restarted",
  ],
  look: {
    hits: ({ since }) => sql`
      SELECT id FROM orders WHERE placed_at >= ${since}::timestamptz - interval '1 minute' AND (status = 'pending' OR cancel_reason = ANY(${FAULTS}::text[]))`,
    evidence: ({ since }) => sql`
      (SELECT CASE WHEN sum(runs.open) = 0 THEN 'runs-given-up' ELSE 'runs-stand' END,
              CASE WHEN sum(runs.open) = 0 THEN coalesce(
                           (SELECT format('The last orders were given up (%s), and none has been completed since.', cancel_reason) FROM orders
                            WHERE placed_at >= ${since}::timestamptz - interval '1 minute' AND cancel_reason = ANY(${FAULTS}::text[]) ORDER BY placed_at DESC LIMIT 1),
                           'Orders are taken, and no run begins for them.')
                         ELSE 'Runs begin and do not end: most of them stand at ' || (array_agg(runs.step ORDER BY runs.open DESC))[1] || '.' END, '/sagas?status=running'
       FROM (SELECT step, count(*) AS open FROM saga_steps WHERE status IN ('pending', 'running') GROUP BY step UNION ALL SELECT NULL, 0) runs)
      UNION ALL (${whereRunsStand})`,
  },
  readings: sql`
    SELECT '', CASE WHEN waiting.orders >= ${ORDERS_MIN} THEN greatest(extract(epoch FROM now() - waiting.oldest), 0) ELSE 0 END::float8,
           CASE WHEN last.at IS NULL AND waiting.orders = 0 THEN 'no order yet' ELSE waiting.orders || ' placed since the last completion' END
    FROM (SELECT (${lastRecorded(OrderConfirmed)}) AS at) last
    CROSS JOIN LATERAL (
      SELECT count(*) AS orders, min(placed_at) AS oldest FROM (
        SELECT placed_at FROM orders
        WHERE placed_at > coalesce(last.at, now() - interval '1 hour') AND (status = 'pending' OR cancel_reason = ANY(${FAULTS}::text[]))
        ORDER BY placed_at LIMIT ${LOOKED_AT}) placed) waiting`,
});
