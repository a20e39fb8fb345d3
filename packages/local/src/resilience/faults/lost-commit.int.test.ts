import { placeOrder } from "@tillstream/commerce";
import { createTestShop, orderInput } from "@tillstream/commerce/testing";
import { createDatabase } from "@tillstream/db";
import { createMemoryCache, sql } from "@tillstream/runtime";
import { expect, it, vi } from "vitest";
import { startTcpProxy, throughProxy } from "./tcp-proxy.ts";

it("commit acknowledged to nobody: the order is there, and the same key gives its answer", async () => {
  await using shop = await createTestShop();
  const { hostname: host, port } = new URL(shop.test.appUrl);
  await using proxy = await startTcpProxy({ host, port: Number(port) });
  const db = createDatabase({ url: throughProxy(shop.test.appUrl, proxy), max: 2, applicationName: "test" });
  const cut = { db, cache: createMemoryCache(), idempotencyKey: "lost" };
  try {
    await db.query(sql`SELECT 1`);
    // One statement in one transaction: Postgres commits it before it answers.
    proxy.loseAnswerTo("INSERT INTO orders");
    await expect(placeOrder(shop.context(cut), orderInput())).rejects.toThrow();
    await proxy.answerLost;
    const order = await vi.waitFor(async () => {
      const [committed] = await shop.database.query<{ id: string }>(sql`SELECT id FROM orders`);
      return committed ?? expect.fail("not committed yet");
    });
    const again = await placeOrder(shop.context(cut), orderInput());
    expect(again.orderId).toBe(order.id);
    const written = await shop.database.query(sql`
      SELECT (SELECT count(*)::int FROM orders) AS orders, (SELECT count(*)::int FROM outbox_events) AS outbox`);
    expect(written).toEqual([{ orders: 1, outbox: 1 }]);
  } finally {
    await db.close();
  }
});
