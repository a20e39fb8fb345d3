/** Shoppers who order while a fault is made: what they were told is placed has to be there afterwards. */
import { setTimeout as delay } from "node:timers/promises";
import { placeOrder } from "@tillstream/commerce";
import { orderInput } from "@tillstream/commerce/testing";
import type { TestShop } from "@tillstream/commerce/testing";
import { isTransient, Refusal } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";

const THINK_MS = 150;
/** Of orders that wait for a worker: on a machine with much else to do, many more are not over in the time that a test has. */
const WAITING_MAX = 40;
const THINK_MS_BEHIND = 1_500;

/** Whether the workers are far behind; while that cannot be asked they are not. */
async function areBehind({ database }: TestShop): Promise<boolean> {
  try {
    const waiting = await database.query(sql`SELECT FROM orders WHERE status = 'pending' LIMIT ${WAITING_MAX}`);
    return waiting.length === WAITING_MAX;
  } catch (error) {
    if (isTransient(error)) return false;
    throw error;
  }
}

/** Places one order; asks again with the same key for as long as no answer comes. */
async function order(shop: TestShop): Promise<void> {
  const context = shop.context();
  for (;;) {
    try {
      await placeOrder(context, orderInput({ lines: [{ sku: "MUG", quantity: 1 }] }));
      return;
    } catch (error) {
      const isAtWork = error instanceof Refusal && error.kind === "conflict"; // 409: the first asking is still at work
      if (!isAtWork && !isTransient(error)) throw error;
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
      if (await areBehind(shop)) await delay(THINK_MS_BEHIND);
    }
    return placed;
  });
  const stop = async (): Promise<number> => {
    shopping = false;
    return (await Promise.all(shoppers)).reduce((sum, placed) => sum + placed, 0);
  };
  return { stop, [Symbol.asyncDispose]: async () => void (await stop()) };
}
