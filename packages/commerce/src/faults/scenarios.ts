/** Small stories to look at: faults that are switched on, and orders that meet them. */
import { refuse } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import type { PlaceOrderInput } from "../checkout/index.ts";
import { guestOrder } from "./guest-order.ts";
import type { FaultsInput } from "./input.ts";

export const SCENARIOS = ["sellOut", "paymentTimesOut", "cardDeclined", "gatewayAway", "poisonEvent"] as const;
export type ScenarioName = (typeof SCENARIOS)[number];

/** Of them all are on the way before the first reserves. */
const RIVALS = 5;
const RIVALS_LEFT_OUT = 3;
const ORDERABLE_MAX = 999;
const PLENTY = 20;
/** Longer than all attempts at one event together. */
const POISON_MINUTES = 2;

export interface Scenario {
  readonly faults?: Omit<FaultsInput, "reason">;
  readonly orders: readonly PlaceOrderInput[];
}

const NOTHING_TO_SELL = refuse(
  "conflict",
  "NOTHING_TO_SELL",
  "Everything is sold out. Receive some stock before you play this.",
);

export async function scenarioOf(db: SqlExecutor, name: ScenarioName): Promise<Scenario> {
  if (name === "sellOut") return sellOut(await itemBy(db, "fewest"));
  const { sku } = await itemBy(db, "plenty");
  const order = (token?: string) => guestOrder([{ sku, quantity: 1 }], token);
  switch (name) {
    case "paymentTimesOut":
      return { orders: [order("tok_timeout")] };
    case "cardDeclined":
      return { orders: [order("tok_chargeDeclined")] };
    case "gatewayAway":
      return { faults: { gateway: { down: true }, minutes: 1 }, orders: [order()] };
    case "poisonEvent":
      return {
        faults: { consumerErrors: { consumer: "analytics", rate: 1 }, minutes: POISON_MINUTES },
        orders: [order()],
      };
  }
}

interface Item {
  readonly sku: string;
  readonly available: number;
}

function sellOut({ sku, available }: Item): Scenario {
  const quantity = Math.min(Math.ceil(available / RIVALS), ORDERABLE_MAX);
  const count = Math.min(Math.floor(available / quantity), RIVALS) + RIVALS_LEFT_OUT;
  return { orders: Array.from({ length: count }, () => guestOrder([{ sku, quantity }])) };
}

async function itemBy(db: SqlExecutor, kind: "fewest" | "plenty"): Promise<Item> {
  const order = kind === "fewest" ? sql`available` : sql`available >= ${PLENTY} DESC, sku`;
  const [item] = await db.query<Item>(sql`
    SELECT sku, available FROM stock JOIN product_variants USING (sku) WHERE available > 0 ORDER BY ${order} LIMIT 1`);
  if (item === undefined) throw NOTHING_TO_SELL;
  return item;
}
