/** Shoppers at once, each with a cart of its own that becomes an order: what they wait for the answer to that order. */
import { settled } from "../../operations/verify/index.ts";
import { createShoppers, percentile } from "../traffic/shoppers.ts";
import { load } from "./measure.ts";
import type { Figure } from "./measure.ts";
import { openShop } from "./open-shop.ts";

const SHOPPERS = 32;
const SETTLE_MS = 180_000;

export async function* benchShoppers(minutes: number): AsyncGenerator<Figure> {
  await using shop = await openShop();
  const { client, skus, db } = shop;
  const shopper = createShoppers({ client, skus, declineShare: 0.2, seed: 12 });
  const latenciesMs: number[] = [];
  const { perSecond } = await load(SHOPPERS, minutes * 60_000, async (index) => {
    const request = shopper(index);
    const key = crypto.randomUUID();
    const cart = await client.fillCart(request.lines, key);
    const begun = performance.now();
    await client.placeOrder(request, key, cart);
    latenciesMs.push(performance.now() - begun);
  });
  const ascending = latenciesMs.toSorted((left, right) => left - right);
  const [p50, p99] = [percentile(ascending, 0.5), percentile(ascending, 0.99)];
  yield {
    name: `placeOrder with a cart, ${SHOPPERS} shoppers at once for ${minutes} min, everything running`,
    measured: `p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, ${perSecond.toFixed(0)}/s`,
    reach: "p99 <= 200 ms",
  };
  await settled(db, SETTLE_MS);
}
