import { sql } from "@tillstream/runtime";
import { createCallerFactory } from "@tillstream/trpc";
import { expect, it } from "vitest";
import { placeOrder } from "./checkout/index.ts";
import { adminRouter } from "./routers.ts";
import { createTestGateway, createTestShop, orderInput, shopper } from "./testing/index.ts";

it("failures of one kind say how many orders and shipments they hold up, each once", async () => {
  await using shop = await createTestShop();
  const gateway = createTestGateway();
  for (let order = 0; order < 2; order++) await placeOrder(shop.context(), orderInput());
  await shop.settle(gateway);
  await shop.ship(gateway);
  await shop.database.query(sql`
    INSERT INTO dead_letters (consumer, event_id, event_type, stream_id, position, error, fingerprint, attempts)
    SELECT consumer, event_id, type, stream_id, 1, 'it broke', 'f', 5
    FROM events CROSS JOIN unnest('{analytics,mail}'::text[]) consumer
    WHERE stream_type = 'order' AND version <= 2 OR stream_type = 'shipment' AND version = 1 AND consumer = 'mail'`);
  const groups = await createCallerFactory(adminRouter)(
    shop.context({ user: { ...shopper, role: "viewer" } }),
  ).deadLetters.groups();
  expect(new Map(groups.map(({ consumer, streams }) => [consumer, streams]))).toEqual(
    new Map([
      ["analytics", { order: 2 }],
      ["mail", { order: 2, shipment: 2 }],
    ]),
  );
});
