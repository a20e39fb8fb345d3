/**
 * `order_funnel_by_day`: how many orders were placed, paid, confirmed, shipped and cancelled on each UTC day. A consumer of
 * plain increments: `+ 1` made twice is wrong by one and nothing can tell afterwards. What makes it safe to deliver an
 * event twice is the inbox alone: its row and the increment commit together or not at all.
 */
import { defineConsumer, on } from "@tillstream/eventing";
import type { AnyEventDefinition, Consumer } from "@tillstream/eventing";
import { raw, sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { OrderCancelled, OrderConfirmed, OrderCreated, OrderShipped, PaymentCaptured } from "../order/index.ts";

/** Each stage with the event by which an order reaches it. A return counts as shipped: it has been. */
const STAGES = {
  placed: OrderCreated,
  paid: PaymentCaptured,
  confirmed: OrderConfirmed,
  shipped: OrderShipped,
  cancelled: OrderCancelled,
} as const satisfies Record<string, AnyEventDefinition>;

type Stage = keyof typeof STAGES;

async function count(tx: SqlExecutor, stage: Stage, at: Date): Promise<void> {
  const column = raw(stage); // a key of STAGES, never an input
  await tx.query(sql`
    INSERT INTO order_funnel_by_day AS funnel (day, ${column}) VALUES (${at.toISOString().slice(0, 10)}::date, 1)
    ON CONFLICT (day) DO UPDATE SET ${column} = funnel.${column} + 1`);
}

export function funnelConsumer(): Consumer {
  const stages = Object.entries(STAGES) as [Stage, AnyEventDefinition][]; // the keys of a constant object
  return defineConsumer(
    "analytics",
    stages.map(([stage, definition]) => on(definition, (tx, event) => count(tx, stage, event.recordedAt))),
    { partitions: 1 }, // all of a day change its one row
  );
}

export type FunnelOfDay = { readonly day: string } & Readonly<Record<Stage, number>>;

/** The latest days on which something happened, newest first. */
export function latestFunnel(db: SqlExecutor, days: number): Promise<FunnelOfDay[]> {
  return db.query<FunnelOfDay>(sql`
    SELECT to_char(day, 'YYYY-MM-DD') AS day, placed, paid, confirmed, shipped, cancelled
    FROM order_funnel_by_day ORDER BY order_funnel_by_day.day DESC LIMIT ${days}`);
}
