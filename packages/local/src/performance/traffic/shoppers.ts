/** Made-up shoppers: what they order, and many of them at once. */
import { createRandom } from "../../seed/random.ts";
import { SoldOutError } from "./shop-client.ts";
import type { OrderRequest, Placed, ShopClient } from "./shop-client.ts";

const DECLINED = ["tok_chargeDeclined", "tok_insufficientFunds"] as const;

export interface ShoppersOptions {
  readonly client: ShopClient;
  readonly skus: readonly string[];
  /** The share of cards that are declined, from 0 to 1. */
  readonly declineShare: number;
  readonly seed: number;
}

export type Shopper = (index: number) => OrderRequest;

/** The same seed makes the same shoppers. */
export function createShoppers({ skus, declineShare, seed }: ShoppersOptions): Shopper {
  return (index) => {
    const random = createRandom(seed * 1_000_003 + index);
    const lines = Array.from({ length: random.int(1, 3) }, () => ({
      sku: random.pick(skus),
      quantity: random.int(1, 2),
    }));
    const declined = random.int(1, 1_000) <= declineShare * 1_000;
    return {
      lines,
      email: `shopper-${index}@example.com`,
      shippingAddress: {
        name: `Shopper ${index}`,
        line1: `${index} Market Street`,
        city: "Springfield",
        postalCode: "12345",
        country: "US",
      },
      payment: { method: "card", token: declined ? random.pick(DECLINED) : "tok_visa" },
    };
  };
}

export interface Burst {
  readonly placed: readonly Placed[];
  /** Milliseconds of each answer to an order, in ascending order. */
  readonly latenciesMs: readonly number[];
  readonly errors: readonly string[];
  /** Shoppers for whom nothing was left. */
  readonly soldOut: number;
  readonly milliseconds: number;
}

export interface BurstOptions extends ShoppersOptions {
  readonly count: number;
  readonly concurrency: number;
}

/** Fills and orders `count` carts, `concurrency` at a time. A failed one is counted, not repeated. */
export async function placeOrders(options: BurstOptions): Promise<Burst> {
  const { client, count, concurrency, seed } = options;
  const shopper = createShoppers(options);
  const run = `burst-${seed}-${crypto.randomUUID()}`;
  const placed: Placed[] = [];
  const latenciesMs: number[] = [];
  const errors: string[] = [];
  const started = performance.now();
  let soldOut = 0;
  let next = 0;
  async function buy(): Promise<void> {
    for (let index = next++; index < count; index = next++) {
      const request = shopper(index);
      try {
        const cart = await client.fillCart(request.lines, `${run}-${index}`);
        const begun = performance.now();
        placed.push(await client.placeOrder(request, `${run}-${index}`, cart));
        latenciesMs.push(performance.now() - begun);
      } catch (error) {
        if (error instanceof SoldOutError) soldOut += 1;
        else errors.push((error as Error).message);
      }
    }
  }
  await Promise.all(Array.from({ length: concurrency }, buy));
  return {
    placed,
    latenciesMs: latenciesMs.toSorted((left, right) => left - right),
    errors,
    soldOut,
    milliseconds: performance.now() - started,
  };
}

/** A percentile of ascending figures; 0 of none. */
export function percentile(ascending: readonly number[], share: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))] ?? 0;
}

/**
 * Asks until every order is over; resolves to how many ended how. Gives up on those that take longer than `timeoutMs`. An
 * answer that fails is told to `onError` if there is one, and asked for again; else it is thrown.
 */
export async function waitForOrders(
  client: ShopClient,
  orders: readonly Placed[],
  options: { timeoutMs: number; pause: () => Promise<void>; onError?: (error: Error) => void },
): Promise<Record<string, number>> {
  const { timeoutMs, pause, onError } = options;
  const outcomes = new Map<string, string>();
  const end = performance.now() + timeoutMs;
  let open = orders;
  while (open.length > 0 && performance.now() < end) {
    for (const order of open) {
      const status = await client.status(order).catch((error: Error) => {
        if (onError === undefined) throw error;
        onError(error);
        return "pending";
      });
      outcomes.set(order.orderId, status);
    }
    open = open.filter(({ orderId }) => outcomes.get(orderId) === "pending");
    if (open.length > 0) await pause();
  }
  const counts: Record<string, number> = {};
  for (const status of outcomes.values()) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
