import { placeOrder } from "@tillstream/commerce";
import { createTestGateway, createTestShop, orderInput } from "@tillstream/commerce/testing";
import type { TestShop } from "@tillstream/commerce/testing";
import { sql } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { verify } from "./index.ts";
import type { Finding } from "./index.ts";
import { verifyRunning } from "./verify-running.ts";

const MINUTE_MS = 60_000;
const without = { gateway: undefined, lookAgainMs: 1 };

async function place(shop: TestShop): Promise<string> {
  const answer = await placeOrder(shop.context(), orderInput());
  return answer.orderId;
}

const named = (findings: readonly Finding[], status: Finding["status"]) =>
  findings.filter((finding) => finding.status === status).map(({ name }) => name);

it("an order on its way breaks no rule once it has arrived", async () => {
  await using shop = await createTestShop();
  await place(shop);
  expect(named(await verify(shop.database, without), "broken")).toContain("orders-ended");
  let arriving: Promise<void> | undefined;
  const findings = await verifyRunning(shop.database, {
    ...without,
    waitMs: MINUTE_MS,
    onLookingAgain: () => void (arriving ??= shop.settle(createTestGateway())),
  });
  await arriving;
  expect([named(findings, "broken"), named(findings, "moving")]).toEqual([[], []]);
});

it("what is broken while nothing is in hand is said at the second look", async () => {
  await using shop = await createTestShop();
  const orderId = await place(shop);
  const gateway = createTestGateway();
  await shop.settle(gateway);
  await shop.ship(gateway);
  await shop.database.query(sql`UPDATE orders SET payment_status = 'authorized' WHERE id = ${orderId}`);
  let looks = 0;
  const findings = await verifyRunning(shop.database, {
    ...without,
    waitMs: MINUTE_MS,
    onLookingAgain: () => void (looks += 1),
  });
  expect(looks).toBe(1);
  expect(findings.find(({ status }) => status === "broken")).toMatchObject({
    name: "order-rows-follow-events",
    broken: [expect.stringContaining(orderId)],
  });
});

it("what stays broken beside other work is told from what changes with each look", async () => {
  await using shop = await createTestShop();
  const broken = await place(shop);
  await shop.settle(createTestGateway());
  await shop.database.query(sql`UPDATE orders SET payment_status = 'authorized' WHERE id = ${broken}`);
  const changing = async () => {
    await shop.database.query(sql`
      WITH shown AS (UPDATE stock_view SET available = available + 1 WHERE sku = 'MUG' RETURNING sku)
      UPDATE stock_ledger SET available = available + 1 WHERE sku IN (SELECT sku FROM shown)`);
  };
  await place(shop); // never ends here
  await changing();
  const changes: Promise<void>[] = [];
  const findings = await verifyRunning(shop.database, {
    ...without,
    lookAgainMs: 100,
    waitMs: 1_500,
    onLookingAgain: () => void changes.push(changing()),
  });
  await Promise.all(changes);
  expect(named(findings, "broken")).toContain("order-rows-follow-events");
  expect(named(findings, "moving")).toEqual(["stock-view-agrees"]);
});
