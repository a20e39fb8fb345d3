/** Shoppers who order while a fault is made: what they were told is placed has to be there afterwards. */
import { setTimeout as delay } from "node:timers/promises";
import { placeOrder } from "@tillstream/commerce";
import { orderInput } from "@tillstream/commerce/testing";
import type { TestShop } from "@tillstream/commerce/testing";
import { isRefusal, isTransient } from "@tillstream/eventing";

const THINK_MS = 150;

/** Places one order; asks again with the same key for as long as no answer comes. */
async function order(shop: TestShop): Promise<void> {
  const context = shop.context();
  for (;;) {
    try {
      const answer = await placeOrder(context, orderInput({ lines: [{ sku: "MUG", quantity: 1 }] }));
      if (!isRefusal(answer)) return;
      if (answer.kind !== "conflict") throw new Error(answer.message); // 409: the first asking is still at work
    } catch (error) {
      if (!isTransient(error)) throw error;
    }
    await delay(THINK_MS);
  }
}

/** Shoppers who order one thing after the other until told to stop; that resolves to how many orders were placed. */
export function startShoppers(shop: TestShop, count = 3): AsyncDisposable & { stop(): Promise<number> } {
  let shopping = true;
  const shoppers = Array.from({ length: count }, async () => {
    let placed = 0;
    for (; shopping; placed += 1) {
      await order(shop);
      await delay(THINK_MS);
    }
    return placed;
  });
  const stop = async (): Promise<number> => {
    shopping = false;
    return (await Promise.all(shoppers)).reduce((sum, placed) => sum + placed, 0);
  };
  return { stop, [Symbol.asyncDispose]: async () => void (await stop()) };
}
