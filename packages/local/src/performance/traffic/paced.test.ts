import { expect, it } from "vitest";
import { pacedTraffic } from "./paced.ts";
import type { ShopClient } from "./shop-client.ts";

it("each shopper fills a cart and orders it, whether or not one listens", async () => {
  const ordered: string[] = [];
  const client: ShopClient = {
    skus: async () => ["A"],
    fillCart: async (_, run) => ({ cartId: run, cartVersion: 1, cookie: "" }),
    async placeOrder(_, key) {
      ordered.push(key);
      return { orderId: key, accessToken: "" };
    },
    status: async () => "confirmed",
  };
  const signal = new AbortController().signal;
  const paced = {
    client,
    skus: ["A"],
    declineShare: 0,
    seed: 1,
    rate: 200,
    minutes: 0.001,
    signal,
    log: () => undefined,
  };
  const { orders, errors } = await pacedTraffic(paced);
  expect(errors).toBe(0);
  expect(orders).toBeGreaterThan(0);
  expect(new Set(ordered).size).toBe(orders);
});
