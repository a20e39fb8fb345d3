/** Shoppers who order at the rate that is switched on, through the storefront as any shopper does. */
import { sql } from "@tillstream/runtime";
import type { Loop, SqlExecutor } from "@tillstream/runtime";
import type { DisturbingPorts } from "./ports.ts";
import { faultsOn } from "./switches.ts";
import { guestOrder } from "./guest-order.ts";

const TURN_MS = 1_000;
const MINUTE_MS = 60_000;
/** What a turn catches up with at most. */
const ORDERS_A_TURN_MAX = 5;
/** An item with fewer is left for people. */
const AVAILABLE_MIN = 20;
/** A part of each address, of the network that is kept for measurements (RFC 2544). */
const BYTE = 256;

export function localTraffic({ shopUrl, post, random, now, newId }: DisturbingPorts): Loop {
  let last: number | undefined;
  let owed = 0;
  function dueNow(ordersPerMinute: number): number {
    const elapsed = last === undefined ? TURN_MS : now() - last;
    last = now();
    owed = Math.min(owed + (elapsed * ordersPerMinute) / MINUTE_MS, ORDERS_A_TURN_MAX);
    if (ordersPerMinute === 0) owed = 0;
    const count = Math.floor(owed);
    owed -= count;
    return count;
  }
  const part = () => Math.floor(random() * BYTE);
  return {
    name: "local traffic",
    intervalMs: TURN_MS,
    due: sql`EXISTS (SELECT FROM faults WHERE name = 'traffic')`,
    async turn({ db }) {
      const fault = (await faultsOn(db)).find((one) => one.name === "traffic");
      const count = dueNow(fault?.value.ordersPerMinute ?? 0);
      const skus = count === 0 ? [] : await someSkus(db, count);
      await Promise.all(
        skus.map((sku) =>
          post(`${shopUrl}/api/trpc/checkout.placeOrder`, guestOrder([{ sku, quantity: 1 }]), {
            "idempotency-key": newId(),
            "x-forwarded-for": `198.18.${part()}.${part()}`,
          }),
        ),
      );
    },
  };
}

async function someSkus(db: SqlExecutor, count: number): Promise<readonly string[]> {
  const rows = await db.query<{ sku: string }>(sql`
    SELECT sku FROM stock WHERE available >= ${AVAILABLE_MIN} ORDER BY random() LIMIT ${count}`);
  return rows.map(({ sku }) => sku);
}
